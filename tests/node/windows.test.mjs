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
    const slow = new Stream(hub.stream("Run", { id, ...child("flood", 20_000_000) }, { windowBytes: 1000, subscription: "slow" }));
    await slow.when(kind("output"));

    const whole = await follow(hub, id);

    assert.equal(bytes(whole).length, 20_000_000);
    assert.ok(bytes(slow.events).length <= 1000);
    slow.leave();
  });

  test("the name of a subscription is the client's, if it gives one", async t => {
    const hub = await connect(t);

    const events = await run(hub, child("echo", "x"), { subscription: "mine" });

    assert.equal(events[0].subscription, "mine");
  });

  test("a reader in tail mode is told what it missed", async t => {
    const hub = await connect(t);
    const id = newId();
    const tail = new Stream(hub.stream("Run", { id, ...child("flood", 5_000_000) }, { windowBytes: 50_000, mode: "tail" }));
    const { subscription } = await tail.when(kind("snapshot"));
    await tail.when(kind("output"));
    await follow(hub, id); // the command is over: the tail has fallen behind
    const last = tail.events.filter(kind("output")).at(-1);
    await hub.send("Ack", subscription, last.sequence);

    for (let seen = tail.events.indexOf(last); !tail.events.some(kind("ended")); seen++) {
      const event = await tail.when(event => tail.events.indexOf(event) > seen);
      if (event.sequence) {
        await hub.send("Ack", subscription, event.sequence);
      }
    }

    const events = await tail.whole();
    assert.ok(events.some(kind("gap")));
    let next = 0;
    for (const event of events.filter(event => event.kind === "output" || event.kind === "gap")) {
      assert.equal(event.offset, next);
      next += event.kind === "gap" ? event.bytes : event.data.length;
    }

    assert.equal(next, 5_000_000);
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
