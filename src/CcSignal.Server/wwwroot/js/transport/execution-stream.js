/** @import { ExecutionEvent, Hub } from "./wire.js" */
/** @import { HubLink } from "./hub-link.js" */
import { GivenEvents } from "./given-events.js";

// The longest piece with a number of its own; the server sends a piece whole or not at all.
const maxPieceBytes = 4096;

/**
 * Follows one execution from any point to its end, over as many connections as it takes: every byte once, in order. What is not taken yet is not
 * acknowledged, and the server sends no more than a window ahead.
 */
export class ExecutionStream {
  #link;
  #what;
  #take;
  #windowBytes;
  #given;
  #stopped = false;

  /** @type {Arrivals | undefined} */
  #arrivals;

  /**
   * @param {HubLink} link
   * @param {string | { id: string, command: string }} what the id of an execution that was started, or a request with an id of the caller's own, which is then
   *   started: to repeat it has no second effect
   * @param {(event: ExecutionEvent) => void | Promise<void>} take is given each event, once, and the next when its promise is kept
   * @param {{ fromSequence?: number, windowBytes?: number }} [options]
   */
  constructor(link, what, take, { fromSequence = 1, windowBytes = 1024 * 1024 } = {}) {
    this.#link = link;
    this.#what = what;
    this.#take = take;
    this.#windowBytes = windowBytes;
    this.#given = new GivenEvents(fromSequence);
  }

  /** The last sequence number that was given. */
  get lastSequence() {
    return this.#given.lastSequence;
  }

  /** Follows, and resolves at the end of the execution or of `stop`; rejects when the server refuses, or the link is closed. */
  async start() {
    while (!this.#stopped) {
      const hub = await this.#link.connected();
      try {
        if (await this.#follow(hub)) {
          return;
        }
      } catch (error) {
        if (this.#stopped) {
          return;
        }

        if (!mayPass(hub, /** @type {Error} */ (error))) {
          throw error;
        }
      }

      this.#given.beginAgain();
      if (hub.state === "Connected") {
        await this.#link.pause();
      }
    }
  }

  /** Ends the reading, never the execution. */
  stop() {
    this.#stopped = true;
    this.#arrivals?.end();
  }

  /** True: to its end. */
  async #follow(/** @type {Hub} */ hub) {
    const options = { fromSequence: this.#given.lastSequence + 1, windowBytes: this.#windowBytes };
    const arrivals = this.#arrivals = new Arrivals();
    const source = typeof this.#what === "string" ? hub.stream("Follow", this.#what, options) : hub.stream("Run", this.#what, options);
    const subscription = source.subscribe(arrivals.subscriber);
    const window = new ReadingWindow(hub, this.#windowBytes);
    let ended = false;
    try {
      for (let event; !ended && !this.#stopped && (event = await arrivals.next());) {
        this.#link.served();
        ended = event.kind === "ended";
        const news = this.#given.take(withBytes(event));
        if (news) {
          await this.#take(news);
        }

        window.taken(event);
      }
    } finally {
      if (!ended) {
        subscription.dispose();
      }
    }

    return ended || this.#stopped;
  }
}

/** What has arrived and was not taken; the server's window bounds it. */
class Arrivals {
  /** @type {ExecutionEvent[]} */
  #events = [];

  /** @type {(() => void) | undefined} */
  #wake;

  #over = false;

  /** @type {Error | undefined} */
  #error;

  /** What SignalR tells of a stream. */
  subscriber = {
    next: (/** @type {ExecutionEvent} */ event) => this.#add(event),
    complete: () => this.end(),
    error: (/** @type {Error} */ error) => this.end(error),
  };

  /**
   * Nothing more arrives.
   *
   * @param {Error} [error] why not
   */
  end(error) {
    this.#over = true;
    this.#error ??= error;
    this.#wake?.();
  }

  /**
   * The first that was not taken, now or when it comes; undefined: there is none any more.
   *
   * @returns {Promise<ExecutionEvent | undefined>}
   */
  async next() {
    while (this.#events.length === 0 && !this.#over) {
      await new Promise(resolve => { this.#wake = () => resolve(undefined); });
    }

    // What came before a cut counts.
    if (this.#events.length === 0 && this.#error) {
      throw this.#error;
    }

    return this.#events.shift();
  }

  #add(/** @type {ExecutionEvent} */ event) {
    this.#events.push(event);
    this.#wake?.();
  }
}

/** Tells the server what was taken, so that it sends on. */
class ReadingWindow {
  #hub;
  #every;
  #taken = 0;

  /** @type {string | undefined} */
  #subscription;

  constructor(/** @type {Hub} */ hub, /** @type {number} */ windowBytes) {
    this.#hub = hub;
    // Whatever is taken and not acknowledged yet must leave room for the longest piece, or both would wait for each other.
    this.#every = Math.max(1, Math.min(windowBytes / 4, windowBytes - maxPieceBytes));
  }

  taken(/** @type {ExecutionEvent} */ event) {
    this.#subscription ??= event.subscription;
    if (event.data && (this.#taken += event.data.length) >= this.#every) {
      this.#taken = 0;
      this.#hub.send("Ack", this.#subscription, event.sequence).catch(() => {
        // No connection any more: the stream says so itself.
      });
    }
  }
}

// In the json hub protocol bytes are base64.
function withBytes(/** @type {any} */ event) {
  if (typeof event.data === "string") {
    event.data = Uint8Array.from(atob(event.data), character => character.charCodeAt(0));
  }

  return /** @type {ExecutionEvent} */ (event);
}

// A refusal has a code in brackets (docs/wire.md) and is final, unless the server stops. What fails otherwise on a living connection will fail again.
function mayPass(/** @type {Hub} */ hub, /** @type {Error} */ error) {
  const refusal = /HubException: \[([a-z_]+)\] /.exec(error.message);
  return refusal ? refusal[1] === "draining" : hub.state !== "Connected";
}
