import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { child, newId, plainPipe } from "./lib/child.mjs";
import { body, download } from "./lib/download.mjs";
import { connect, protocol } from "./lib/hub.mjs";
import { bytes, follow, run } from "./lib/stream.mjs";

const sha256 = data => createHash("sha256").update(data).digest("hex");

const kinds = {
  "every byte value": ["binary", 300],
  "10 MB on one line": ["one-line", 10_000_000],
  "characters cut between their bytes": ["utf8-split", 100],
  "one byte a write": ["one-byte", 20_000],
  "3 MB in writes of 1,000 bytes": ["flood", 3_000_000, 1000],
  "nothing at all": ["exit", 0],
};

describe(`bytes (${protocol})`, () => {
  for (const [what, words] of Object.entries(kinds)) {
    test(`${what}: live, read again, and downloaded, bit for bit what a pipe carries`, async t => {
      const hub = await connect(t);
      const id = newId();
      const expected = sha256(plainPipe(...words));

      const live = bytes(await run(hub, { id, ...child(...words) }));
      const again = bytes(await follow(hub, id));
      const downloaded = await download(id, "output?stream=stdout");

      assert.equal(sha256(live), expected);
      assert.equal(sha256(again), expected);
      assert.equal(downloaded.status, 200);
      assert.equal(sha256(await body(downloaded)), expected);
    });
  }

  test("what exits at once after its last write loses nothing", async t => {
    const hub = await connect(t);

    const events = await run(hub, child("exit-undrained", 1_000_000, 5));

    assert.equal(sha256(bytes(events)), sha256(plainPipe("flood", 1_000_000)));
    assert.equal(events.at(-1).info.end.exitCode, 5);
  });

  test("a range of the recording can be downloaded", async t => {
    const hub = await connect(t);
    const id = newId();
    await run(hub, { id, ...child("flood", 100_000) });

    const range = await download(id, "output?stream=stdout", { Range: "bytes=1000-1999" });

    assert.equal(range.status, 206);
    assert.ok((await body(range)).equals(plainPipe("flood", 100_000).subarray(1000, 2000)));
  });
});
