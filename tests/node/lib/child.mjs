import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";

const path = process.env.CCSIGNAL_CHILD;

/** A request that runs a verb of tests/CcSignal.Child. */
export function child(...words) {
  return { command: path, arguments: words.map(String) };
}

/** What the same words write into a plain pipe: the measure for what a recording returns. */
export function plainPipe(...words) {
  const { stdout, status } = spawnSync(path, words.map(String), { maxBuffer: 1 << 30 });
  if (status !== 0) {
    throw new Error(`CcSignal.Child ${words.join(" ")} ended with ${status}`);
  }

  return stdout;
}

/** An id nobody else uses. */
export function newId() {
  return randomUUID();
}
