import assert from "node:assert/strict";

/** The call fails with the contract's code: a word in brackets, then a sentence. */
export async function refused(code, call) {
  await assert.rejects(call, error => {
    assert.match(error.message, new RegExp(`HubException: \\[${code}\\] \\S.*[.]$`, "s"));
    return true;
  });
}

/**
 * The call is none of the contract's: an unknown method, or an argument of the wrong type. SignalR answers it, in the messagepack protocol with the
 * place of the fault.
 */
export async function isNoCall(call) {
  await assert.rejects(call, error => {
    assert.match(error.message, /^Failed to invoke '\w+' due to an error on the server\.( HubException: (Method does not exist|\[invalid_request\] \S.*)\.)?$/);
    return true;
  });
}

/** The connection still answers. */
export async function livesOn(hub) {
  assert.ok((await hub.invoke("Describe")).version);
}
