#!/usr/bin/env bash
# Copies the chart library from npm, exactly the version of the lock file.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-fund --no-audit
cp node_modules/uplot/dist/uPlot.iife.min.js node_modules/uplot/dist/uPlot.min.css node_modules/uplot/LICENSE uplot/
