import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { child, newId } from "./lib/child.mjs";
import { connect, protocol } from "./lib/hub.mjs";
import { refused } from "./lib/refusal.mjs";
import { Stream, bytes, checked, end, follow } from "./lib/stream.mjs";

const chunk = 64 * 1024;

/** Bytes as the hub protocol takes them: base64 in JSON, binary in MessagePack. */
const data = content => protocol === "json" ? Buffer.from(content).toString("base64") : new Uint8Array(Buffer.from(content));

const shows = text => {
  let seen = "";
  return event => event.kind === "output" && (seen += event.data).includes(text);
};

describe(`input, signals and terminals (${protocol})`, { concurrency: 4 }, () => {
  test("what is written arrives once, in order, whole", async t => {
    const hub = await connect(t);
    const id = newId();
    const content = randomBytes(1_000_000);
    await hub.invoke("Start", { id, ...child("read-stdin"), input: "open" });

    let accepted = 0;
    while (accepted < content.length) {
      accepted = await hub.invoke("Write", id, accepted, data(content.subarray(accepted, accepted + chunk)));
    }
    assert.equal(await hub.invoke("Write", id, 0, data(content.subarray(0, 100))), content.length);
    await refused("conflict", hub.invoke("Write", id, content.length + 1, data("x")));
    await hub.invoke("CloseInput", id);
    await hub.invoke("CloseInput", id);

    const hash = createHash("sha256").update(content).digest("hex");
    assert.equal(bytes(await follow(hub, id)).toString(), `${content.length} ${hash}\n`);
    await refused("conflict", hub.invoke("Write", id, content.length, data("x")));
  });

  test("what is too much, before the start of the input, or for nobody is refused", async t => {
    const hub = await connect(t);

    await refused("invalid_request", hub.invoke("Write", newId(), 0, data(Buffer.alloc(chunk + 1))));
    await refused("invalid_request", hub.invoke("Write", newId(), -1, data("x")));
    await refused("not_found", hub.invoke("Write", newId(), 0, data("x")));
    await refused("not_found", hub.invoke("CloseInput", newId()));
  });

  test("a command that never reads holds up neither the connection nor its cancel", async t => {
    const hub = await connect(t);
    const id = newId();
    const stream = new Stream(hub.stream("Run", { id, ...child("sleep", 600), input: "open" }, null));
    await stream.when(shows("sleeping"));

    const accepted = await hub.invoke("Write", id, 0, data(Buffer.alloc(chunk))); // as much as its pipe holds
    const waiting = hub.invoke("Write", id, accepted, data(Buffer.alloc(chunk))).catch(() => {}); // refused when the command ends
    assert.equal((await hub.invoke("Get", id)).state, "running");
    await hub.invoke("Cancel", id, null);

    assert.equal(end(checked(await stream.whole())).cause, "cancelled");
    await waiting;
  });

  test("Signal reaches the command", async t => {
    const hub = await connect(t);
    const id = newId();
    const stream = new Stream(hub.stream("Run", { id, ...child("sleep", 600) }, null));
    await stream.when(shows("sleeping"));

    await refused("invalid_request", hub.invoke("Signal", id, "SIGNONE"));
    await hub.invoke("Signal", id, "SIGUSR1");

    assert.equal(end(checked(await stream.whole())).signal, "SIGUSR1");
    await refused("conflict", hub.invoke("Signal", id, "SIGUSR1"));
  });

  test("a terminal has its size, takes another, and types Ctrl+D", async t => {
    const hub = await connect(t);
    const id = newId();
    const stream = new Stream(hub.stream("Run", { id, ...child("window"), terminal: { columns: 100, rows: 30 } }, null));
    await stream.when(shows("size 100x30\r\n"));

    await hub.invoke("Resize", id, 133, 44);
    await stream.when(shows("size 133x44\r\n"));
    assert.deepEqual((await hub.invoke("Get", id)).terminal, { columns: 133, rows: 44 });
    await hub.invoke("Write", id, 0, data("\x04"));

    const events = checked(await stream.whole());
    assert.match(bytes(events).toString(), /^terminals 111 foreground True\r\n/);
    assert.equal(end(events).exitCode, 7);
    await refused("conflict", hub.invoke("Resize", id, 80, 24));
  });
});
