import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GivenEvents, StreamBroken } from "../../src/CcSignal.Server/wwwroot/js/transport/given-events.js";

const output = (sequence, offset, length, stream = "stdout") => ({ kind: "output", sequence, offset, stream, data: new Uint8Array(length) });
const gap = (sequence, offset, bytes, stream = "stdout") => ({ kind: "gap", sequence, offset, stream, bytes });
const snapshot = (state = "running") => ({ kind: "snapshot", info: { id: "x", state, attempt: 1 } });
const notice = message => ({ kind: "notice", code: "disk_full", message });
const taken = (given, ...events) => events.map(event => given.take(event)).filter(event => event);

describe("what a reader is given over interruptions", () => {
  test("what joins on is given, what was given is left out", () => {
    const given = new GivenEvents(1);
    assert.equal(taken(given, snapshot(), output(1, 0, 2), output(4, 2, 1), output(5, 0, 7, "stderr")).length, 4);
    given.beginAgain();

    const again = taken(given, snapshot(), output(4, 2, 1), output(6, 3, 1));

    assert.deepEqual(again.map(event => event.sequence), [6]);
    assert.equal(given.lastSequence, 6);
  });

  test("a missing byte, half of a piece again, and an early end are errors", () => {
    const given = new GivenEvents(1);
    taken(given, snapshot(), output(1, 0, 2));

    assert.throws(() => given.take(output(2, 3, 1)), StreamBroken);
    assert.throws(() => given.take(output(2, 1, 2)), StreamBroken);
    assert.throws(() => given.take({ kind: "ended", info: { stdoutBytes: 3, stderrBytes: 0 } }), StreamBroken);
    assert.ok(given.take({ kind: "ended", info: { stdoutBytes: 2, stderrBytes: 0 } }));
  });

  test("a cut between the gaps of one skip loses neither and tells none twice", () => {
    const given = new GivenEvents(1);
    taken(given, snapshot(), output(1, 0, 1), gap(1, 1, 100));
    assert.equal(given.lastSequence, 1);
    given.beginAgain();

    const rest = taken(given, snapshot(), gap(1, 1, 120), gap(60, 0, 30, "stderr"), output(61, 121, 1));

    assert.deepEqual(rest.map(event => [event.stream, event.offset, event.bytes]), [["stdout", 101, 20], ["stderr", 0, 30], ["stdout", 121, undefined]]);
    assert.equal(given.lastSequence, 61);
  });

  test("a later snapshot is news only if something changed, a notice only if it was not told", () => {
    const given = new GivenEvents(1);
    taken(given, snapshot(), notice("full"), notice("room"));
    given.beginAgain();

    const again = taken(given, snapshot(), notice("full"), notice("room"), notice("full"));
    given.beginAgain();
    const [state] = taken(given, snapshot("paused"));

    assert.deepEqual(again.map(event => event.message), ["full"]);
    assert.equal(state.kind, "state");
  });

  test("a reader from the middle takes the first place of each stream as it comes", () => {
    const given = new GivenEvents(40);

    assert.ok(given.take(output(40, 700, 1)));
    assert.throws(() => given.take(output(41, 702, 1)), StreamBroken);
  });
});
