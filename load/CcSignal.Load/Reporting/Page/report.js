"use strict";
// Draws the charts of the page from its own data. Without scripts everything else is there.
{
  const { scenarios, health } = JSON.parse(document.getElementById("data").textContent);
  const section = document.getElementById("charts");
  const charts = [];

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // Every second of every scenario on the axis of the run, with a hole between scenarios.
  const column = (pick) => scenarios.flatMap((scenario) => [...scenario.series.map(pick), null]);
  const seconds = scenarios.flatMap((scenario) => [
    ...scenario.series.map((one) => scenario.beganSeconds + one.second),
    scenario.beganSeconds + (scenario.series.at(-1)?.second ?? 0) + 0.5,
  ]);

  const end = Math.max(1, ...scenarios.map((scenario) => scenario.beganSeconds + scenario.seconds), ...health.map((sample) => sample.second));

  const eachScenario = (plot, paint) => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);
    ctx.clip();
    scenarios.forEach((scenario, index) => {
      const left = plot.valToPos(scenario.beganSeconds, "x", true);
      paint(ctx, scenario, index, left, plot.valToPos(scenario.beganSeconds + scenario.seconds, "x", true) - left, bbox);
    });
    ctx.restore();
  };

  // Alternating bands say which scenario ran; its name stands where there is room for it.
  const bands = {
    hooks: {
      drawClear: (plot) => eachScenario(plot, (ctx, scenario, index, left, width, bbox) => {
        ctx.fillStyle = index % 2 ? "transparent" : `color-mix(in srgb, ${color("soft")} 9%, transparent)`;
        ctx.fillRect(left, bbox.top, width, bbox.height);
      }),
      draw: (plot) => eachScenario(plot, (ctx, scenario, index, left, width, bbox) => {
        ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
        ctx.textAlign = "left";
        ctx.textBaseline = "alphabetic";
        if (ctx.measureText(scenario.id).width + 8 < width) {
          ctx.fillStyle = color("soft");
          ctx.fillText(scenario.id, left + 4, bbox.top - 4 * devicePixelRatio);
        }
      }),
    },
  };

  const axis = (label) => ({
    stroke: color("soft"), label, labelSize: 20, labelFont: "11px system-ui, sans-serif", font: "11px system-ui, sans-serif", size: 56,
    grid: { stroke: color("line"), width: 1 }, ticks: { stroke: color("line"), width: 1 },
  });

  const line = (label, name, more = {}) => ({
    label, stroke: color(name), width: 1.6, points: { show: false }, value: (_, value) => (value == null ? "" : round(value)), ...more,
  });

  const round = (value) => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2));

  const draw = (title, data, series, { log = false, label = "", x = "s", time = true, xTicks } = {}) => {
    if (data.length < 2 || !data.slice(1).some((values) => values.some((value) => value != null))) {
      return;
    }

    const heading = section.appendChild(document.createElement("h3"));
    heading.textContent = title;
    const box = section.appendChild(document.createElement("div"));
    box.className = "chart";
    section.hidden = false;
    charts.push(heading, box);
    const plot = new uPlot({
      width: box.clientWidth, height: 210, padding: [18, 12, 0, 0], series: [{ label: x, value: (_, value) => (value == null ? "" : time ? value.toFixed(1) : nines(value)) }, ...series],
      scales: { x: time ? { time: false, range: [0, end] } : { time: false }, y: log ? { distr: 3 } : { range: (_, low, high) => [0, Math.max(1, high * 1.12)] } },
      axes: [{ ...axis(""), size: 34, values: xTicks ?? ((_, ticks) => ticks.map((tick) => `${tick} s`)) }, axis(label)],
      cursor: time ? { sync: { key: "run" } } : {}, legend: { live: true }, plugins: time ? [bands] : [],
    }, data, box);
    new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: 210 })).observe(box);
  };

  const nines = (value) => `${+(100 - 100 / 10 ** value).toPrecision(6)} %`;
  const positive = (value) => (value > 0 ? value : null);

  const drawAll = () => {
    charts.splice(0).forEach((element) => element.remove());
    const rates = scenarios.filter((scenario) => scenario.series.length > 1);
    if (rates.length > 0) {
      draw("Iterations per second", [seconds, column((one) => one.ok), column((one) => one.failed), column((one) => one.inFlight)],
        [line("well", "good", { fill: `color-mix(in srgb, ${color("good")} 14%, transparent)` }), line("failed", "bad"), line("under way", "soft", { dash: [4, 4], width: 1 })]);
      draw("Latency from the intended start, ms", [seconds, column((one) => positive(one.p50Ms)), column((one) => positive(one.p99Ms))],
        [line("p50", "blue"), line("p99", "violet")], { log: true });
    }

    const at = health.map((sample) => sample.second);
    draw("Processor time, percent: the server of one core, this client of all", [at, health.map((one) => one.serverCpuPercent ?? null), health.map((one) => one.clientCpuPercent)],
      [line("server", "blue", { fill: `color-mix(in srgb, ${color("blue")} 12%, transparent)` }), line("client", "odd")]);
    draw("Resident memory, MB", [at, health.map((one) => one.serverMemoryMb ?? null), health.map((one) => one.clientMemoryMb)], [line("server", "blue"), line("client", "odd")]);
    draw("The server's garbage collections: how many, and for how many ms they stopped it, each second",
      [at, health.map((one) => one.serverCollections ?? null), health.map((one) => one.serverPauseMs ?? null)], [line("collections", "good"), line("pause, ms", "bad")]);
    draw("The server's managed heap, MB, and work items waiting for its thread pool",
      [at, health.map((one) => one.serverHeapMb ?? null), health.map((one) => one.serverQueue ?? null)], [line("heap", "blue"), line("waiting", "odd")]);
    draw("Connections, executions, and the server's descriptors and threads",
      [at, health.map((one) => one.connections), health.map((one) => one.executions), health.map((one) => one.serverDescriptors ?? null), health.map((one) => one.serverThreads ?? null)],
      [line("connections", "good"), line("executions", "violet"), line("descriptors", "soft"), line("threads", "blue", { width: 1 })]);
    drawDistribution();
  };

  // A percentile stands where its distance to 100 % says: 90, 99, 99.9 % are equally far from each other.
  const drawDistribution = () => {
    const some = scenarios.filter((scenario) => scenario.distribution.length > 0);
    if (some.length === 0) {
      return;
    }

    const place = (percent) => Math.min(4, -Math.log10(Math.max(1e-4, 1 - percent / 100)));
    const places = [...new Set(some.flatMap((scenario) => scenario.distribution.map((point) => place(point.percent))))].sort((a, b) => a - b);
    const rows = some.map((scenario) => {
      const known = new Map(scenario.distribution.map((point) => [place(point.percent), point.ms]));
      return places.map((where) => positive(known.get(where)) ?? undefined);
    });
    const names = ["blue", "violet", "good", "odd", "bad", "soft"];
    draw("Latency distribution, ms at each percentile", [places, ...rows], some.map((scenario, index) => line(scenario.id, names[index % names.length], { spanGaps: true })),
      { log: true, x: "percentile", time: false, xTicks: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? nines(tick) : "")) });
  };

  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
}
