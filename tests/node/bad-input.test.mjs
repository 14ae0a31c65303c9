import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { child, newId } from "./lib/child.mjs";
import { connect, protocol } from "./lib/hub.mjs";
import { cannotBeRead, isNoMethod, isOfAnotherLength, livesOn, refused } from "./lib/refusal.mjs";
import { Stream, end, kind, run } from "./lib/stream.mjs";

const directory = mkdtempSync(join(tmpdir(), "ccsignal-node-"));
const plainFile = join(directory, "plain.txt");
const badInterpreter = join(directory, "script");
writeFileSync(plainFile, "no program\n", { mode: 0o644 });
writeFileSync(badInterpreter, "#!/no/such/interpreter\n", { mode: 0o755 });
after(() => rmSync(directory, { recursive: true }));

describe(`what cannot be started ends as startFailed (${protocol})`, () => {
  const failures = {
    "an unknown executable": [{ command: "no-such-command" }, "not_found"],
    "an unknown path": [{ command: "/no/such/command" }, "not_found"],
    "a file without the execute bit": [{ command: plainFile }, "not_executable"],
    "a directory": [{ command: "/tmp" }, "not_executable"],
    "a missing directory": [{ ...child("exit", 0), workingDirectory: join(directory, "missing") }, "bad_directory"],
    "a script whose interpreter is missing": [{ command: badInterpreter }, "bad_interpreter"],
  };

  for (const [what, [request, code]] of Object.entries(failures)) {
    test(what, async t => {
      const hub = await connect(t);

      const how = end(await run(hub, request));

      assert.equal(how.cause, "startFailed");
      assert.equal(how.code, code);
      assert.ok(how.message);
      await livesOn(hub);
    });
  }
});

describe(`what is refused gets a code, and the connection lives on (${protocol})`, () => {
  const refusals = {
    "no command": [{}, "invalid_request"],
    "an empty command": [{ command: "" }, "invalid_request"],
    "513 arguments": [child(...Array(513).fill("x")), "invalid_request"],
    "arguments that are too long together": [child(..."abc".split("").map(letter => letter.repeat(66_000))), "invalid_request"],
    "an argument as long as the kernel's limit": [child("x".repeat(131_072)), "invalid_request"],
    "a NUL in an argument": [child("a\0b"), "invalid_request"],
    "a NUL in the command": [{ command: "a\0b" }, "invalid_request"],
    "an id with a slash": [{ ...child("exit", 0), id: "../x" }, "invalid_request"],
    "an id that is too long": [{ ...child("exit", 0), id: "x".repeat(65) }, "invalid_request"],
    "a relative directory": [{ ...child("exit", 0), workingDirectory: "here" }, "invalid_request"],
    "a time limit below zero": [{ ...child("exit", 0), timeoutSeconds: -1 }, "invalid_request"],
    "17 tags": [{ ...child("exit", 0), tags: Object.fromEntries([...Array(17).keys()].map(n => [`t${n}`, ""])) }, "invalid_request"],
    "a foreign profile": [{ ...child("exit", 0), profile: "production" }, "forbidden"],
    "a command the profile does not allow": [{ ...child("exit", 0), profile: "confined" }, "forbidden"],
    "a directory outside the profile's roots": [{ command: "true", profile: "confined", workingDirectory: "/usr" }, "forbidden"],
    "a directory that leaves the roots by dots": [{ command: "true", profile: "confined", workingDirectory: "/tmp/../usr" }, "forbidden"],
    "a variable the profile does not let through": [{ command: "true", profile: "confined", environment: { LD_PRELOAD: "x" } }, "forbidden"],
  };

  for (const [what, [request, code]] of Object.entries(refusals)) {
    test(what, async t => {
      const hub = await connect(t);

      await refused(code, hub.invoke("Start", request));
      await refused(code, new Stream(hub.stream("Run", request, null)).whole());

      await livesOn(hub);
    });
  }

  test("512 arguments are taken", async t => {
    const hub = await connect(t);

    assert.equal(end(await run(hub, child("echo", ...Array(511).fill("x")))).exitCode, 0);
  });

  test("a request that is null", async t => {
    const hub = await connect(t);

    await refused("invalid_request", hub.invoke("Start", null));
    await livesOn(hub);
  });

  test("an unknown id", async t => {
    const hub = await connect(t);
    const id = newId();

    await refused("not_found", hub.invoke("Get", id));
    await refused("not_found", hub.invoke("Cancel", id, null));
    await refused("not_found", new Stream(hub.stream("Follow", id, null)).whole());
    await livesOn(hub);
  });

  test("a sequence or a window below what there is", async t => {
    const hub = await connect(t);
    const { id } = await hub.invoke("Start", child("exit", 0));

    await refused("invalid_request", new Stream(hub.stream("Follow", id, { fromSequence: 0 })).whole());
    await refused("invalid_request", new Stream(hub.stream("Follow", id, { windowBytes: -1 })).whole());
    await livesOn(hub);
  });

  test("a page larger than the limit, or a cursor of nobody", async t => {
    const hub = await connect(t);

    await refused("invalid_request", hub.invoke("List", { limit: 501 }));
    await refused("invalid_request", hub.invoke("List", { limit: 0 }));
    await refused("invalid_request", hub.invoke("List", { after: "what is this" }));
    await livesOn(hub);
  });

  test("a 65th stream on one connection", async t => {
    const hub = await connect(t);
    const id = newId();
    await hub.invoke("Start", { id, ...child("sleep", 30) });
    const streams = [...Array(64).keys()].map(() => new Stream(hub.stream("Follow", id, null)));
    await Promise.all(streams.map(stream => stream.when(kind("snapshot"))));

    await refused("too_many_streams", new Stream(hub.stream("Follow", id, null)).whole());

    await livesOn(hub);
    await hub.invoke("Cancel", id, null);
    await Promise.all(streams.map(stream => stream.whole()));
    await follow64Again(hub, id);
  });

  // Streams that have ended give their places back.
  async function follow64Again(hub, id) {
    const streams = [...Array(64).keys()].map(() => new Stream(hub.stream("Follow", id, null)));
    await Promise.all(streams.map(stream => stream.whole()));
  }
});

describe(`what is no call of the contract is refused too (${protocol})`, () => {
  const unreadable = {
    "a number for an id": [hub => hub.invoke("Get", 42), 1],
    "a text for a request": [hub => hub.invoke("Start", "echo hello"), 1],
    "a number for a command": [hub => hub.invoke("Start", { command: 42 }), 1, "command"],
    "a text for arguments": [hub => hub.invoke("Start", { command: "true", arguments: "-x" }), 1, "arguments"],
    "a number among arguments": [hub => hub.invoke("Start", { command: "true", arguments: ["-x", 1] }), 1, "arguments\\[1\\]"],
    "a text for a number": [hub => hub.invoke("Start", { command: "true", timeoutSeconds: "soon" }), 1, "timeoutSeconds"],
    "an unknown word for an enum": [hub => hub.invoke("Start", { command: "true", input: "sideways" }), 1, "input"],
    "a number for a tag whose name is no plain word": [hub => hub.invoke("Start", { command: "true", tags: { "<b>": 1 } }), 1, "tags\\.\\?"],
    "a list for options": [(hub, id) => new Stream(hub.stream("Follow", id, [1, 2])).whole(), 2],
    "a request that is 40 levels deep": [hub => hub.invoke("Start", { command: "true", tags: nested(40) }), 1, "tags\\.x"],
  };

  for (const [what, [call, argument, place]] of Object.entries(unreadable)) {
    test(what, async t => {
      const hub = await connect(t);

      await cannotBeRead(call(hub, newId()), argument, place);

      await livesOn(hub);
    });
  }

  test("an unknown method", async t => {
    const hub = await connect(t);

    await isNoMethod(hub.invoke("DropTable"));
    await livesOn(hub);
  });

  test("too few or too many arguments", async t => {
    const hub = await connect(t);

    await isOfAnotherLength(hub.invoke("Cancel"));
    await isOfAnotherLength(hub.invoke("Get", "a", "b"));
    await livesOn(hub);
  });

  test("a field nobody knows is passed over", async t => {
    const hub = await connect(t);

    assert.equal(end(await run(hub, { ...child("exit", 0), color: { of: ["no", 1, null, true, 1.5] } })).exitCode, 0);
  });

  test("a message of 257 KiB closes the connection, and only this one", async t => {
    const other = await connect(t);
    const hub = await connect(t);
    const closed = new Promise(resolve => hub.onclose(resolve));

    await assert.rejects(hub.invoke("Start", child("x".repeat(257 * 1024))));
    await closed;

    await livesOn(other);
    await livesOn(await connect(t));
  });

  function nested(depth) {
    return depth === 0 ? "bottom" : { x: nested(depth - 1) };
  }
});
