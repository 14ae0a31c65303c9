import { token, url } from "./hub.mjs";

/** Fetches a part of an execution's recording, as `output?stream=stdout` or `index`. */
export function download(id, part, headers = {}) {
  return fetch(`${url}/executions/${id}/${part}`, { headers: { Authorization: `Bearer ${token}`, ...headers } });
}

/** The bytes of an answer. */
export async function body(answer) {
  return Buffer.from(await answer.arrayBuffer());
}
