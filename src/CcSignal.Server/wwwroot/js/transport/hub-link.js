/** @import { Hub } from "./wire.js" */

/** There is no connection and there will be none: the link was stopped, or the server does not know the caller any more. */
export class LinkClosed extends Error {
  name = "LinkClosed";
}

/** Keeps a connection to the hub up: a lost one is built again, with waits that are drawn between nothing and a growing bound (full jitter). */
export class HubLink {
  /** @type {Hub | undefined} */
  #hub;

  /** @type {Error | undefined} */
  #closed;

  /** @type {{ resolve: (hub: Hub) => void, reject: (error: Error) => void }[]} */
  #waiting = [];

  #failed = 0;
  #build;
  #how;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {() => Hub} build a new connection that is not started
   * @param {object} [how]
   * @param {number} [how.firstDelay] the bound of the first wait, in milliseconds
   * @param {number} [how.maxDelay] the bound of every later one
   * @param {(state: "connected" | "reconnecting" | "closed", reason?: Error) => void} [how.onState] is told each change
   * @param {() => number} [how.random] between 0 and 1
   */
  constructor(build, { firstDelay = 100, maxDelay = 10_000, onState = () => {}, random = Math.random } = {}) {
    this.#build = build;
    this.#how = { firstDelay, maxDelay, onState, random };
  }

  /** Begins to connect. */
  start() {
    void this.#connect();
  }

  /** Ends it: whoever waits for a connection is told. */
  async stop() {
    clearTimeout(this.#timer);
    const hub = this.#hub;
    this.#close(new LinkClosed("The connection was closed."));
    await hub?.stop();
  }

  /**
   * The connection that is up, now or when there is one again.
   *
   * @returns {Promise<Hub>}
   */
  connected() {
    if (this.#closed) {
      return Promise.reject(this.#closed);
    }

    return this.#hub ? Promise.resolve(this.#hub) : new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Waits as after a failed attempt, for those whom a living server asks to come later. */
  pause() {
    return new Promise(resolve => setTimeout(resolve, this.#nextDelay()));
  }

  /** Something came over the connection: the waits begin anew. A server that takes connections and drops them is not asked in a tight circle. */
  served() {
    this.#failed = 0;
  }

  async #connect() {
    const hub = this.#build();
    hub.onclose(error => this.#lose(hub, error));
    try {
      await hub.start();
    } catch (error) {
      this.#fail(/** @type {Error} */ (error));
      return;
    }

    if (this.#closed || hub.state !== "Connected") {
      await hub.stop();
      return; // stopped meanwhile, or lost in this very moment, which onclose has told
    }

    this.#hub = hub;
    this.#how.onState("connected");
    this.#waiting.splice(0).forEach(waiting => waiting.resolve(hub));
  }

  #lose(/** @type {Hub} */ hub, /** @type {Error | undefined} */ error) {
    if (this.#closed) {
      return;
    }

    if (this.#hub === hub) {
      this.#hub = undefined;
      this.#how.onState("reconnecting", error);
    }

    this.#again();
  }

  #fail(/** @type {Error} */ error) {
    if (this.#closed) {
      return;
    }

    // Who is not known today will not be tomorrow; anything else may pass.
    if (/Status code '40[13]'/.test(error.message)) {
      this.#close(new LinkClosed(`The server refuses the caller: ${error.message}`));
      return;
    }

    this.#again();
  }

  #again() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), this.#nextDelay());
  }

  #nextDelay() {
    return this.#how.random() * Math.min(this.#how.maxDelay, this.#how.firstDelay * 2 ** Math.min(this.#failed++, 30));
  }

  #close(/** @type {Error} */ reason) {
    if (!this.#closed) {
      this.#closed = reason;
      this.#hub = undefined;
      this.#how.onState("closed", reason);
      this.#waiting.splice(0).forEach(waiting => waiting.reject(reason));
    }
  }
}
