import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { child, newId } from "./lib/child.mjs";
import { connect, protocol } from "./lib/hub.mjs";
import { follow, Stream } from "./lib/stream.mjs";

describe(`Watch (${protocol})`, () => {
  test("Watch begins with what there is and goes on with what happens", async t => {
    const hub = await connect(t);
    const tags = { mark: newId() };
    const before = await hub.invoke("Start", { ...child("exit", 0), tags });
    await follow(hub, before.id);
    const living = await hub.invoke("Start", { ...child("sleep", 600), tags });

    const watch = new Stream(hub.stream("Watch", { tag: `mark=${tags.mark}` }));
    await watch.when(info => info.id === living.id && info.state === "running");
    await watch.when(info => info.id === before.id && info.state === "ended");
    const after = await hub.invoke("Start", { ...child("exit", 3), tags });
    const ended = await watch.when(info => info.id === after.id && info.state === "ended");
    await hub.invoke("Cancel", living.id, null);
    const cancelled = await watch.when(info => info.id === living.id && info.state === "ended");
    watch.leave();

    assert.deepEqual([ended.end.cause, ended.end.exitCode, cancelled.end.cause], ["exited", 3, "cancelled"]);
    assert.ok(watch.events.every(info => info.tags.mark === tags.mark));
  });

  test("Watch tells once more of one that does not match any more", async t => {
    const hub = await connect(t);
    const tags = { mark: newId() };
    const watch = new Stream(hub.stream("Watch", { tag: `mark=${tags.mark}`, states: ["running"] }));
    const { id } = await hub.invoke("Start", { ...child("sleep", 600), tags });
    await watch.when(info => info.state === "running");
    await hub.invoke("Cancel", id, null);
    await watch.when(info => info.state === "ended");
    watch.leave();

    assert.ok(watch.events.slice(0, -1).every(info => info.state === "running"));
  });
});
