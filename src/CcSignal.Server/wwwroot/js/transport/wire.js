// The contract's records as types; docs/wire.md explains them. There is no code here.

/**
 * @typedef {"stdout" | "stderr"} OutputStream
 *
 * @typedef {object} ExecutionInfo
 * @property {string} id
 * @property {"queued" | "running" | "paused" | "ended"} state
 * @property {number} [queuePosition]
 * @property {number} attempt
 * @property {{ columns: number, rows: number }} [terminal]
 * @property {number} sequence
 * @property {number} stdoutBytes
 * @property {number} stderrBytes
 * @property {object} [end]
 *
 * @typedef {object} ExecutionEvent
 * @property {"snapshot" | "output" | "state" | "notice" | "gap" | "heartbeat" | "ended"} kind
 * @property {ExecutionInfo} [info]
 * @property {string} [subscription]
 * @property {number} [sequence]
 * @property {OutputStream} [stream]
 * @property {number} [offset]
 * @property {number} [at]
 * @property {Uint8Array} [data] base64 in the json hub protocol, until ExecutionStream has read it
 * @property {string} [code]
 * @property {string} [message]
 * @property {number} [bytes]
 */

/**
 * What is used of @microsoft/signalr's HubConnection.
 *
 * @typedef {object} Hub
 * @property {() => Promise<void>} start
 * @property {() => Promise<void>} stop
 * @property {string} state
 * @property {(callback: (error?: Error) => void) => void} onclose
 * @property {(method: string, ...args: any[]) => Promise<any>} invoke
 * @property {(method: string, ...args: any[]) => Promise<void>} send
 * @property {(method: string, ...args: any[]) => { subscribe(subscriber: object): { dispose(): void } }} stream
 */

export {};
