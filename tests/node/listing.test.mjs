import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { child, newId } from "./lib/child.mjs";
import { connect, protocol } from "./lib/hub.mjs";
import { follow } from "./lib/stream.mjs";

describe(`List and Describe (${protocol})`, () => {
  test("List pages through everything once, newest first", async t => {
    const hub = await connect(t);
    const mark = newId();
    const ids = [];
    for (let number = 0; number < 7; number++) {
      ids.unshift((await hub.invoke("Start", { ...child("exit", 0), tags: { mark } })).id);
    }

    const seen = [];
    for (let after = null; after !== undefined; ) {
      const page = await hub.invoke("List", { tag: `mark=${mark}`, limit: 3, after });
      assert.ok(page.items.length <= 3);
      seen.push(...page.items.map(info => info.id));
      after = page.next ?? undefined;
    }

    assert.deepEqual(seen, ids);
  });

  test("List finds by state, cause, command and time", async t => {
    const hub = await connect(t);
    const mark = newId();
    const failed = await hub.invoke("Start", { ...child("exit", 3), tags: { mark } });
    const missing = await hub.invoke("Start", { command: "no-such-command", tags: { mark } });
    await follow(hub, failed.id);
    await follow(hub, missing.id);
    const ids = async query => (await hub.invoke("List", { tag: `mark=${mark}`, ...query })).items.map(info => info.id);

    assert.deepEqual(await ids({}), [missing.id, failed.id]);
    assert.deepEqual(await ids({ states: ["running"] }), []);
    assert.deepEqual(await ids({ states: ["ended"], causes: ["exited"] }), [failed.id]);
    assert.deepEqual(await ids({ causes: ["startFailed"] }), [missing.id]);
    assert.deepEqual(await ids({ command: "NO-SUCH" }), [missing.id]);
    assert.deepEqual(await ids({ profile: "default", owner: "admin" }), [missing.id, failed.id]);
    assert.deepEqual(await ids({ owner: "somebody-else" }), []);
    assert.deepEqual(await ids({ since: Date.now() + 60_000 }), []);
    assert.deepEqual(await ids({ until: failed.queuedAt - 60_000 }), []);
  });

  test("List without a query shows all", async t => {
    const hub = await connect(t);
    const { id } = await hub.invoke("Start", child("exit", 0));

    assert.ok((await hub.invoke("List", null)).items.some(info => info.id === id));
  });

  test("Describe tells the limits of the contract", async t => {
    const hub = await connect(t);

    const server = await hub.invoke("Describe");

    assert.match(server.version, /^\d+\.\d+\.\d+/);
    assert.ok(server.node && server.processId > 0 && Math.abs(server.startedAt - Date.now()) < 3_600_000);
    assert.equal(server.limits.maxMessageBytes, 256 * 1024);
    assert.equal(server.limits.maxInputChunkBytes, 64 * 1024);
    assert.equal(server.limits.maxOutputChunkBytes, 64 * 1024);
    assert.equal(server.limits.maxStreamsPerConnection, 64);
    assert.equal(server.limits.maxArguments, 512);
    assert.ok(server.limits.maxRunning > 0 && server.limits.maxQueued > 0);
    assert.deepEqual(server.profiles, ["confined", "default"]);
    assert.ok(["linux", "portable"].includes(server.features.launcher));
    assert.ok(server.features.limits.includes("timeoutSeconds"));
  });
});
