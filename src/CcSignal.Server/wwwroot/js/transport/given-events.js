/** @import { ExecutionEvent, ExecutionInfo } from "./wire.js" */

/** The server sent output that does not join on what it had sent: a fault of it or of its recording, never of an interruption. */
export class StreamBroken extends Error {
  name = "StreamBroken";
}

/** What was given of one execution, over all connections: where to go on, what not to give twice, and whether what comes joins on. */
export class GivenEvents {
  /** @type {ExecutionInfo | undefined} */
  #info;

  /** @type {number | undefined} */
  #gapUpTo;

  // Where each stream goes on. Only a reader from the beginning knows that before the first byte.
  /** @type {Record<string, number | undefined>} */
  #next;

  /** @type {Map<string, number>} */
  #notices = new Map();

  /** @type {Map<string, number>} */
  #noticesOfThisStream = new Map();

  /** @param {number} fromSequence where the first stream begins */
  constructor(fromSequence) {
    /** The last sequence number that was given; to resume, follow from the next. */
    this.lastSequence = fromSequence - 1;
    this.#next = fromSequence === 1 ? { stdout: 0, stderr: 0 } : {};
  }

  /** Another stream begins, after an interruption. */
  beginAgain() {
    this.#noticesOfThisStream.clear();
  }

  /**
   * What is to be given for an event; undefined: nothing, it was given before.
   *
   * @param {ExecutionEvent} event
   * @returns {ExecutionEvent | undefined}
   */
  take(event) {
    // A skip is told by a gap for each stream: it is taken when the last one is.
    if (event.kind !== "gap" && this.#gapUpTo !== undefined) {
      this.lastSequence = Math.max(this.lastSequence, this.#gapUpTo);
      this.#gapUpTo = undefined;
    }

    switch (event.kind) {
      case "snapshot": return this.#takeSnapshot(event);
      case "state": this.#info = event.info; return event;
      case "notice": return this.#takeNotice(event);
      case "output": return this.#takeOutput(event);
      case "gap": return this.#takeGap(event);
      case "ended": return this.#takeEnd(event);
      default: return event;
    }
  }

  // There is one snapshot. That of a later connection is news only if something has changed meanwhile.
  #takeSnapshot(/** @type {ExecutionEvent} */ event) {
    const [before, now] = [this.#info, /** @type {ExecutionInfo} */ (event.info)];
    this.#info = now;
    if (!before) {
      return event;
    }

    const shown = (/** @type {ExecutionInfo} */ info) => JSON.stringify([info.state, info.queuePosition, info.attempt, info.terminal]);
    return shown(before) === shown(now) || now.state === "ended" ? undefined : /** @type {ExecutionEvent} */ ({ kind: "state", info: now });
  }

  // Each stream begins with the notices so far, in their order; they have no numbers, and the same one may come again.
  #takeNotice(/** @type {ExecutionEvent} */ event) {
    const notice = `${event.code} ${event.message}`;
    const times = (this.#noticesOfThisStream.get(notice) ?? 0) + 1;
    this.#noticesOfThisStream.set(notice, times);
    if (times <= (this.#notices.get(notice) ?? 0)) {
      return undefined;
    }

    this.#notices.set(notice, times);
    return event;
  }

  #takeOutput(/** @type {any} */ event) {
    const next = this.#next[event.stream];
    const end = event.offset + event.data.length;
    if (event.sequence <= this.lastSequence && next !== undefined && end <= next) {
      return undefined;
    }

    if (event.sequence <= this.lastSequence || event.offset !== (next ?? event.offset)) {
      throw new StreamBroken(
        `Bytes ${event.offset} to ${end} of ${event.stream} came as piece ${event.sequence}, where byte ${next} was to come after piece ${this.lastSequence}.`);
    }

    this.#next[event.stream] = end;
    this.lastSequence = event.sequence;
    return event;
  }

  #takeGap(/** @type {any} */ event) {
    const next = this.#next[event.stream] ?? event.offset;
    if (event.offset > next) {
      throw new StreamBroken(`A gap from byte ${event.offset} of ${event.stream} came, where byte ${next} was to come.`);
    }

    this.#gapUpTo = event.sequence;
    const end = event.offset + event.bytes;
    if (end <= next) {
      return undefined;
    }

    this.#next[event.stream] = end;
    return { ...event, offset: next, bytes: end - next };
  }

  #takeEnd(/** @type {ExecutionEvent} */ event) {
    const info = /** @type {ExecutionInfo} */ (event.info);
    if ((this.#next.stdout ?? Infinity) < info.stdoutBytes || (this.#next.stderr ?? Infinity) < info.stderrBytes) {
      throw new StreamBroken(`The end came at bytes ${this.#next.stdout} and ${this.#next.stderr}, where ${info.stdoutBytes} and ${info.stderrBytes} are recorded.`);
    }

    return event;
  }
}
