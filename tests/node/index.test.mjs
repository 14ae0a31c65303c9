import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { child, newId } from "./lib/child.mjs";
import { body, download } from "./lib/download.mjs";
import { connect, connection, protocol } from "./lib/hub.mjs";
import { bytes, follow, run } from "./lib/stream.mjs";

const recordBytes = 24;

/** An index as docs/journal.md describes it. */
function records(index) {
  assert.equal(index.length % recordBytes, 0, "an index is whole records");
  return [...Array(index.length / recordBytes).keys()].map(n => {
    const record = index.subarray(n * recordBytes, (n + 1) * recordBytes);
    return {
      sequence: n + 1,
      at: Number(record.readBigInt64LE(0)),
      offset: Number(record.readBigInt64LE(8)),
      length: Number(record.readBigUInt64LE(16) & 0xff_ffff_ffff_ffffn),
      stream: record[23] & 1 ? "stderr" : "stdout",
      recovered: (record[23] & 0x40) !== 0,
    };
  });
}

describe(`the index (${protocol})`, () => {
  const id = newId();
  let events, index;

  before(async () => {
    const hub = connection();
    await hub.start();
    events = await run(hub, { id, ...child("both", 300) });
    await hub.stop();
    index = await body(await download(id, "index"));
  });

  test("is records of 24 bytes that say in which order, when and where the pieces came", () => {
    const all = records(index);

    assert.equal(all.length, events.at(-1).info.sequence);
    const next = { stdout: 0, stderr: 0 };
    let last = 0;
    for (const record of all) {
      assert.equal(record.offset, next[record.stream], `no hole in ${record.stream}`);
      assert.ok(record.length >= 1 && record.length <= 4096);
      assert.ok(record.at >= last, "times never fall");
      assert.ok(!record.recovered);
      next[record.stream] += record.length;
      last = record.at;
    }

    assert.deepEqual(next, { stdout: bytes(events, "stdout").length, stderr: bytes(events, "stderr").length });
  });

  test("says of every event what the event says", () => {
    const all = records(index);

    for (const event of events.filter(event => event.kind === "output")) {
      const first = all.find(record => record.stream === event.stream && record.offset === event.offset);
      const end = all[event.sequence - 1];
      assert.equal(Math.floor(first.at / 1000), event.at);
      assert.equal(end.stream, event.stream);
      assert.equal(end.offset + end.length, event.offset + event.data.length);
    }
  });

  test("comes in ranges: a record by its sequence is one of them", async () => {
    const sequence = 2;
    const from = recordBytes * (sequence - 1);

    const range = await download(id, "index", { Range: `bytes=${from}-${from + recordBytes - 1}` });
    const beyond = await download(id, "index", { Range: `bytes=${index.length}-` });

    assert.equal(range.status, 206);
    assert.equal(range.headers.get("content-range"), `bytes ${from}-${from + recordBytes - 1}/${index.length}`);
    assert.ok((await body(range)).equals(index.subarray(from, from + recordBytes)));
    assert.equal(beyond.status, 416);
  });

  test("has an outline whose slices are sums of its records", async () => {
    const all = records(index);

    const answer = await download(id, "index?points=3");
    assert.equal(answer.status, 200);
    const { slices } = await answer.json();

    assert.equal(slices.length, Math.min(3, all.length));
    assert.equal(slices.at(-1).lastSequence, all.length);
    for (const slice of slices) {
      const inside = all.slice(slice.sequence - 1, slice.lastSequence);
      const sum = (stream, within) => within.filter(record => record.stream === stream).reduce((bytes, record) => bytes + record.length, 0);
      assert.deepEqual(slice, {
        sequence: slice.sequence,
        lastSequence: slice.lastSequence,
        at: Math.floor(inside[0].at / 1000),
        lastAt: Math.floor(inside.at(-1).at / 1000),
        stdoutOffset: sum("stdout", all.slice(0, slice.sequence - 1)),
        stdoutBytes: sum("stdout", inside),
        stderrOffset: sum("stderr", all.slice(0, slice.sequence - 1)),
        stderrBytes: sum("stderr", inside),
      });
    }
  });

  test("is followed from a slice of its outline", async t => {
    const { slices } = await (await download(id, "index?points=2")).json();
    const hub = await connect(t);

    const rest = await follow(hub, id, { fromSequence: slices.at(-1).sequence });

    assert.equal(bytes(rest, "stdout").length, slices.at(-1).stdoutBytes);
    assert.equal(bytes(rest, "stderr").length, slices.at(-1).stderrBytes);
  });

  test("has an outline of 1 to 10,000 slices", async () => {
    for (const points of [1, 10_000]) {
      assert.equal((await download(id, `index?points=${points}`)).status, 200);
    }

    for (const points of [0, 10_001, -1, "x", ""]) {
      const answer = await download(id, `index?points=${points}`);
      assert.equal(answer.status, 400);
      assert.equal((await answer.json()).code, "invalid_request");
    }
  });
});
