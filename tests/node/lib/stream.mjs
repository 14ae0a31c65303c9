import assert from "node:assert/strict";

/** Follows one hub stream and keeps its events. Every event's data is a Buffer, in both hub protocols. */
export class Stream {
  events = [];
  #waiting = [];
  #end;

  /** @param {{subscribe: Function}} source what `hub.stream(…)` returns */
  constructor(source) {
    this.#end = new Promise((resolve, reject) => {
      this.subscription = source.subscribe({ next: event => this.#take(event), complete: resolve, error: reject });
    });
    this.#end.catch(error => this.#waiting.splice(0).forEach(waiting => waiting.reject(error)));
  }

  /** The first event, past or to come, for which `is` holds. */
  when(is) {
    const seen = this.events.find(is);
    return seen ? Promise.resolve(seen) : new Promise((resolve, reject) => this.#waiting.push({ is, resolve, reject }));
  }

  /** Resolves with all events when the server has completed the stream; rejects with its error. */
  async whole() {
    await this.#end;
    return this.events;
  }

  /** Ends the reading. */
  leave() {
    this.subscription.dispose();
  }

  #take(event) {
    if (event.data !== undefined && event.data !== null) {
      event.data = typeof event.data === "string" ? Buffer.from(event.data, "base64") : Buffer.from(event.data);
    }

    this.events.push(event);
    this.#waiting = this.#waiting.filter(waiting => !waiting.is(event) || waiting.resolve(event));
  }
}

export const kind = wanted => event => event.kind === wanted;

/** Starts a command and returns its events, checked. */
export async function run(hub, request, options = null) {
  return checked(await new Stream(hub.stream("Run", request, options)).whole());
}

/** All events of an execution from its first byte or from where the options say, checked. */
export async function follow(hub, id, options = null) {
  return checked(await new Stream(hub.stream("Follow", id, options)).whole(), options?.fromSequence);
}

/** The bytes of one stream. */
export function bytes(events, stream = "stdout") {
  return Buffer.concat(events.filter(event => event.kind === "output" && event.stream === stream).map(event => event.data));
}

/** How the execution ended. */
export function end(events) {
  return events.at(-1).info.end;
}

/** What the contract promises of every stream that ran to its end. */
export function checked(events, fromSequence = 1) {
  assert.equal(events[0].kind, "snapshot", "a stream starts with its snapshot");
  assert.ok(events[0].subscription, "the snapshot names the subscription");
  assert.equal(events.at(-1).kind, "ended", "the end is the last event");
  assert.equal(events.filter(kind("ended")).length, 1, "there is one end");

  let sequence = fromSequence - 1;
  const next = {};
  for (const event of events.filter(kind("output"))) {
    assert.ok(event.sequence > sequence, `sequence ${event.sequence} comes after ${sequence}`);
    sequence = event.sequence;
    assert.equal(event.offset, next[event.stream] ?? event.offset, `no hole in ${event.stream}`);
    next[event.stream] = event.offset + event.data.length;
    assert.ok(event.data.length > 0 && event.data.length <= 65536, "a chunk has 1 byte to 64 KiB");
    assert.ok(Math.abs(event.at - Date.now()) < 3_600_000, "its time is Unix milliseconds");
  }

  const info = events.at(-1).info;
  assert.equal(info.state, "ended");
  assert.equal(info.sequence, Math.max(sequence, fromSequence - 1), "nothing recorded is missing at the end");
  if (fromSequence === 1) {
    assert.deepEqual([next.stdout ?? 0, next.stderr ?? 0], [info.stdoutBytes, info.stderrBytes], "as many bytes as were recorded");
  }

  return events;
}
