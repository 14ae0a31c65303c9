import assert from "node:assert/strict";

/** The call fails with the contract's code: a word in brackets, then a sentence. */
export async function refused(code, call) {
  await assert.rejects(call, error => {
    assert.match(error.message, new RegExp(`HubException: \\[${code}\\] \\S.*[.]$`, "s"));
    return true;
  });
}

/** The call fails with SignalR's own error, as an unknown method or an argument of the wrong type does. */
export async function failedBySignalR(call) {
  await assert.rejects(call, error => {
    assert.doesNotMatch(error.message, /HubException: \[/);
    assert.doesNotMatch(error.message, /\bat [A-Z]\w+\.|\.cs\b|Stack/, "nothing of the server's inside is told");
    return true;
  });
}

/** The connection still answers. */
export async function livesOn(hub) {
  assert.ok((await hub.invoke("Describe")).version);
}
