import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { child, newId } from "./lib/child.mjs";
import { connect, protocol } from "./lib/hub.mjs";
import { refused } from "./lib/refusal.mjs";
import { Stream, bytes, checked, end, follow, kind, run } from "./lib/stream.mjs";

const output = text => event => event.kind === "output" && event.data.includes(text);

describe(`executions (${protocol})`, { concurrency: 4 }, () => {
  test("Run streams the output and the end of a command", async t => {
    const hub = await connect(t);

    const events = await run(hub, child("echo", "hello", "world"));

    assert.equal(bytes(events).toString(), "hello world\n");
    assert.deepEqual(end(events), { cause: "exited", exitCode: 0, retryable: false });
  });

  test("standard error and the exit code are told apart", async t => {
    const hub = await connect(t);

    const events = await run(hub, child("both", 100));

    assert.equal(bytes(events, "stdout").toString().split("\n").length, 101);
    assert.equal(bytes(events, "stderr").toString().split("\n").at(-2), "err 100");
    assert.equal(end(await run(hub, child("exit", 137))).exitCode, 137);
  });

  test("a signal is no exit code", async t => {
    const hub = await connect(t);

    const how = end(await run(hub, child("die-by", "SIGUSR1")));

    assert.equal(how.cause, "signaled");
    assert.equal(how.signal, "SIGUSR1");
    assert.ok((how.exitCode ?? null) === null);
  });

  test("Start returns the recorded execution, Get tells what became of it", async t => {
    const hub = await connect(t);
    const id = newId();

    const started = await hub.invoke("Start", { id, ...child("lines", 3), tags: { purpose: "test" } });

    assert.equal(started.id, id);
    assert.ok(["queued", "running", "ended"].includes(started.state));
    assert.equal(started.command, child().command);
    assert.deepEqual(started.arguments, ["lines", "3"]);
    assert.deepEqual(started.tags, { purpose: "test" });
    assert.equal(started.owner, "admin");
    assert.equal(started.profile, "default");

    await follow(hub, id);
    const ended = await hub.invoke("Get", id);
    assert.equal(ended.state, "ended");
    assert.equal(ended.stdoutBytes, "line 1\nline 2\nline 3\n".length);
    assert.ok(ended.startedAt >= ended.queuedAt && ended.endedAt >= ended.startedAt);
    assert.ok(ended.processId > 0);
    assert.ok(ended.cpuSeconds > 0);
    assert.ok(ended.maxRssBytes === undefined || ended.maxRssBytes > 0); // absent where it was not above the server's own
  });

  test("the server names an execution in the order of time", async t => {
    const hub = await connect(t);

    const first = await hub.invoke("Start", child("exit", 0));
    const second = await hub.invoke("Start", child("exit", 0));

    assert.match(first.id, /^[A-Za-z0-9_-]{1,64}$/);
    assert.ok(first.id < second.id);
  });

  test("Start is safe to repeat, and another request under the same id is a conflict", async t => {
    const hub = await connect(t);
    const id = newId();
    const request = { id, ...child("sleep", 30) };

    const first = await hub.invoke("Start", request);
    const running = new Stream(hub.stream("Follow", id, null));
    await running.when(output("sleeping"));
    const again = await hub.invoke("Start", request);

    assert.equal(again.queuedAt, first.queuedAt);
    assert.equal(again.state, "running");
    await refused("conflict", hub.invoke("Start", { ...request, arguments: ["sleep", "31"] }));
    assert.equal((await hub.invoke("Get", id)).processId, again.processId);
    await hub.invoke("Cancel", id, null);
    await running.whole();
  });

  test("Run under the id of an execution that ended shows that one again", async t => {
    const hub = await connect(t);
    const request = { id: newId(), ...child("echo", "once") };

    const first = await run(hub, request);
    const second = await run(hub, request);

    assert.deepEqual(second.at(-1), first.at(-1));
    assert.equal(bytes(second).toString(), "once\n");
  });

  test("Follow while it runs and after the end sees the same", async t => {
    const hub = await connect(t);
    const id = newId();
    await hub.invoke("Start", { id, ...child("lines", 20, 10) });

    const live = await follow(hub, id);
    const late = await follow(hub, id);

    assert.equal(live[0].info.id, id);
    assert.ok(bytes(live).equals(bytes(late)));
    assert.deepEqual(live.at(-1), late.at(-1));
  });

  test("Follow goes on behind any sequence without a hole and without a byte twice", async t => {
    const hub = await connect(t);
    const id = newId();
    const whole = await run(hub, { id, ...child("lines", 40, 20) });
    const all = bytes(whole);
    const seen = new Map(whole.filter(kind("output")).map(event => [event.sequence, event.offset + event.data.length]));
    const { sequence } = whole.at(-1).info;
    assert.ok(sequence > 1, "the recording has several pieces");

    for (let from = 1, before = -1; from <= sequence; from++) {
      const rest = await follow(hub, id, { fromSequence: from });
      const { offset } = rest.find(kind("output"));
      assert.ok(bytes(rest).equals(all.subarray(offset)), `from ${from}`);
      assert.ok(offset > before, `from ${from} on is less than from ${from - 1} on`);
      assert.equal(offset, seen.get(from - 1) ?? offset, `goes on where ${from - 1} ended`);
      before = offset;
    }
  });

  test("Follow from behind the end brings only the end", async t => {
    const hub = await connect(t);
    const id = newId();
    const sequence = (await run(hub, { id, ...child("lines", 3) })).at(-1).info.sequence;

    const events = await follow(hub, id, { fromSequence: sequence + 1 });

    assert.deepEqual(events.map(event => event.kind), ["snapshot", "ended"]);
  });

  test("leaving a stream does not end the command", async t => {
    const hub = await connect(t);
    const id = newId();
    const stream = new Stream(hub.stream("Run", { id, ...child("sleep", 30) }, null));
    await stream.when(output("sleeping"));

    stream.leave();

    assert.equal((await hub.invoke("Get", id)).state, "running");
    await hub.invoke("Cancel", id, null);
    assert.equal(end(await follow(hub, id)).cause, "cancelled");
  });

  test("losing the connection does not end the command", async t => {
    const id = newId();
    const lost = await connect(t);
    const stream = new Stream(lost.stream("Run", { id, ...child("lines", 30, 20) }, null));
    const seen = await stream.when(kind("output"));
    await lost.stop();

    const hub = await connect(t);
    const rest = await follow(hub, id, { fromSequence: seen.sequence + 1 });

    assert.equal(end(rest).exitCode, 0);
    assert.ok(bytes(rest).toString().endsWith("line 30\n"));
  });

  test("Cancel ends a running command politely, and a repeat is harmless", async t => {
    const hub = await connect(t);
    const id = newId();
    const stream = new Stream(hub.stream("Run", { id, ...child("on-term", 7) }, null));
    await stream.when(output("ready"));

    await hub.invoke("Cancel", id, "no longer needed");
    await hub.invoke("Cancel", id, null);
    const events = checked(await stream.whole());

    assert.equal(bytes(events).toString(), "ready\nbye\n");
    assert.equal(end(events).cause, "cancelled");
    assert.equal(end(events).by, "admin");
    assert.equal((await hub.invoke("Cancel", id, null)).state, "ended");
  });

  test("Pause lets it stand still, Resume lets it go on, and its followers are told", async t => {
    const hub = await connect(t);
    const id = newId();
    const stream = new Stream(hub.stream("Run", { id, ...child("on-term", 0) }, null));
    await stream.when(output("ready"));

    assert.equal((await hub.invoke("Pause", id)).state, "paused");
    assert.equal((await hub.invoke("Pause", id)).state, "paused");
    await stream.when(event => event.kind === "state" && event.info.state === "paused");
    assert.equal((await hub.invoke("Resume", id)).state, "running");
    await stream.when(event => event.kind === "state" && event.info.state === "running");
    await hub.invoke("Cancel", id, null);

    assert.equal(end(checked(await stream.whole())).cause, "cancelled");
    await refused("conflict", hub.invoke("Pause", id));
    await refused("not_found", hub.invoke("Resume", "nobody"));
  });

  test("Cancel ends who ignores SIGTERM, after the grace", async t => {
    const hub = await connect(t);
    const id = newId();
    const stream = new Stream(hub.stream("Run", { id, ...child("ignore-term"), stopGraceSeconds: 0.2 }, null));
    await stream.when(output("ready"));

    await hub.invoke("Cancel", id, null);

    assert.equal(end(await stream.whole()).cause, "cancelled");
  });

  test("who is cancelled in the queue never starts", async t => {
    const hub = await connect(t);
    const exclusiveKey = newId();
    const first = { id: newId(), exclusiveKey, ...child("sleep", 30) };
    const second = { id: newId(), exclusiveKey, ...child("echo", "never") };
    const running = new Stream(hub.stream("Run", first, null));
    await running.when(output("sleeping"));
    const queued = new Stream(hub.stream("Run", second, null));
    assert.equal((await queued.when(kind("snapshot"))).info.state, "queued");

    await hub.invoke("Cancel", second.id, null);
    const events = checked(await queued.whole());

    assert.equal(end(events).cause, "cancelled");
    assert.ok(!events.at(-1).info.startedAt);
    assert.equal(bytes(events).length, 0);
    await hub.invoke("Cancel", first.id, null);
    await running.whole();
  });

  test("executions of one key run one after another", async t => {
    const hub = await connect(t);
    const exclusiveKey = newId();
    const requests = [1, 2, 3].map(() => ({ id: newId(), exclusiveKey, ...child("sleep", 0.1) }));

    for (const request of requests) {
      await hub.invoke("Start", request);
    }

    const ends = (await Promise.all(requests.map(request => follow(hub, request.id)))).map(events => events.at(-1).info);
    assert.ok(ends[0].endedAt <= ends[1].startedAt && ends[1].endedAt <= ends[2].startedAt);
  });

  test("the time limit ends a command", async t => {
    const hub = await connect(t);

    const how = end(await run(hub, { ...child("sleep", 30), timeoutSeconds: 0.5 }));

    assert.equal(how.cause, "timedOut");
  });

  test("the output limit ends a command", async t => {
    const hub = await connect(t);

    const events = await run(hub, { ...child("flood", 50_000_000), maxOutputBytes: 100_000 });

    assert.equal(end(events).cause, "outputLimit");
    assert.equal(bytes(events).length, 100_000);
  });

  test("output that a grandchild writes after the root has ended belongs to the execution", async t => {
    const hub = await connect(t);

    const events = await run(hub, child("hold-output", 0.6, 3, 3));

    assert.match(bytes(events).toString(), /late 1\nlate 2\nlate 3\n$/);
    assert.equal(end(events).exitCode, 3);
  });

  test("many commands of one connection run at once, each with its own output", async t => {
    const hub = await connect(t);

    const all = await Promise.all([...Array(20).keys()].map(number => run(hub, child("echo", `number ${number}`))));

    all.forEach((events, number) => assert.equal(bytes(events).toString(), `number ${number}\n`));
  });

  test("arguments and environment arrive as they are", async t => {
    const hub = await connect(t);
    const words = ["", "two words", "\"quoted\"", "$HOME `x` \\", "žluť 🎉", "--", "\n"];

    const report = JSON.parse(bytes(await run(hub, { ...child("report", ...words), environment: { GREETING: "grüß dich" } })));

    assert.deepEqual(report.arguments, words);
    assert.equal(report.environment.GREETING, "grüß dich");
    assert.ok(!("CCSIGNAL_TOKEN" in report.environment), "the server's token is no child's business");
  });
});
