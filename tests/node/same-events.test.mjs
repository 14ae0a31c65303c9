import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { child, newId } from "./lib/child.mjs";
import { connect } from "./lib/hub.mjs";
import { Stream, follow, run } from "./lib/stream.mjs";

/** What is told, without where chunks are cut and what a subscription is called: a server may merge neighbours. */
function normal(events) {
  const told = [];
  for (const { subscription, at, ...event } of events) {
    const last = told.at(-1);
    if (event.kind === "output" && last?.kind === "output" && last.stream === event.stream) {
      told[told.length - 1] = { ...event, offset: last.offset, data: Buffer.concat([last.data, event.data]) };
    } else if (event.kind !== "heartbeat") {
      told.push(event);
    }
  }

  return told;
}

describe("both hub protocols tell the same", () => {
  const requests = {
    "text on both streams": child("both", 50),
    "every byte value": child("binary", 3),
    "a signal": child("die-by", "SIGTERM"),
    "a start that fails": { command: "no-such-command" },
    "a time limit": { ...child("sleep", 30), timeoutSeconds: 0.3 },
    "everything a request can say": { ...child("exit", 9), tags: { a: "1", ž: "🎉" }, priority: 3, environment: { A: "b" }, workingDirectory: "/tmp" },
  };

  for (const [what, request] of Object.entries(requests)) {
    test(what, async t => {
      const json = await connect(t, { speak: "json" });
      const messagepack = await connect(t, { speak: "messagepack" });
      const id = newId();

      await run(json, { id, ...request });
      const [one, other] = [await follow(json, id), await follow(messagepack, id)];

      assert.deepEqual(normal(one), normal(other));
      assert.deepEqual(await json.invoke("Get", id), await messagepack.invoke("Get", id));
    });
  }

  test("live, side by side", async t => {
    const json = await connect(t, { speak: "json" });
    const messagepack = await connect(t, { speak: "messagepack" });
    const id = newId();
    await json.invoke("Start", { id, ...child("lines", 30, 10) });

    const streams = [json, messagepack].map(hub => new Stream(hub.stream("Follow", id, null)));
    const [one, other] = (await Promise.all(streams.map(stream => stream.whole()))).map(events => normal(events.filter(event => event.kind === "output" || event.kind === "ended")));

    assert.deepEqual(one, other);
  });

  test("refusals", async t => {
    const messages = [];
    for (const speak of ["json", "messagepack"]) {
      const hub = await connect(t, { speak });
      messages.push(await hub.invoke("Get", "nobody-knows").catch(error => error.message));
    }

    assert.equal(messages[0], messages[1]);
  });
});
