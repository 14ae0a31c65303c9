import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { child, newId, plainPipe } from "./lib/child.mjs";
import { connect, protocol } from "./lib/hub.mjs";
import { Stream, bytes, checked, follow, kind, run } from "./lib/stream.mjs";

describe(`windows (${protocol})`, () => {
  test("no more than the window is ever unacknowledged", async t => {
    const hub = await connect(t);
    const id = newId();
    const windowBytes = 10_000;
    await run(hub, { id, ...child("flood", 200_000, 700) });

    const stream = new Stream(hub.stream("Follow", id, { windowBytes }));
    const { subscription } = await stream.when(kind("snapshot"));
    let acknowledged = 0;
    for (let seen = 0; !stream.events.some(kind("ended")); seen++) {
      const event = await stream.when(event => stream.events.indexOf(event) > seen);
      if (event.kind === "output") {
        await hub.invoke("Get", id); // an answer from the server: what it had to send before is here now
        assert.ok(bytes(stream.events).length - acknowledged <= windowBytes);
        acknowledged = event.offset + event.data.length;
        await hub.send("Ack", subscription, event.sequence);
      }
    }

    assert.ok(bytes(checked(await stream.whole())).equals(plainPipe("flood", 200_000)));
  });

  test("a reader that acknowledges nothing does not slow the command", async t => {
    const hub = await connect(t);
    const id = newId();
    const slow = new Stream(hub.stream("Run", { id, ...child("flood", 20_000_000) }, { windowBytes: 4096, subscription: "slow" }));
    await slow.when(kind("output"));

    const whole = await follow(hub, id);

    assert.equal(bytes(whole).length, 20_000_000);
    assert.ok(bytes(slow.events).length <= 4096);
    slow.leave();
  });

  test("the name of a subscription is the client's, if it gives one", async t => {
    const hub = await connect(t);

    const events = await run(hub, child("echo", "x"), { subscription: "mine" });

    assert.equal(events[0].subscription, "mine");
  });

  test("a quiet stream has a heartbeat", async t => {
    const hub = await connect(t);
    const id = newId();
    const stream = new Stream(hub.stream("Run", { id, ...child("sleep", 60) }, null));

    const { sequence } = await stream.when(kind("heartbeat"));

    assert.equal(sequence, 1);
    await hub.invoke("Cancel", id, null);
    await stream.whole();
  });
});
