import assert from "node:assert/strict";

/** The call fails with the contract's code: a word in brackets, then a sentence. */
export async function refused(code, call) {
  await assert.rejects(call, error => {
    assert.match(error.message, new RegExp(`HubException: \\[${code}\\] \\S.*[.]$`, "s"));
    return true;
  });
}

/** The method is none of the contract's: SignalR says so. */
export async function isNoMethod(call) {
  await answered(call, /^Method does not exist\.$/);
}

/** An argument is of the wrong type: the answer names it, and the place in it. */
export async function cannotBeRead(call, argument, place) {
  await answered(call, new RegExp(`^\\[invalid_request\\] Argument ${argument} cannot be read: ${place ? `${place}: ` : ""}[a-z][a-z0-9 ,-]*\\.$`));
}

/** The call has another number of arguments than the method takes. */
export async function isOfAnotherLength(call) {
  await answered(call, /^\[invalid_request\] The (call|method) (has|takes) \d+ arguments, .*\.$/);
}

async function answered(call, sentence) {
  await assert.rejects(call, error => {
    const [, answer] = error.message.match(/^(?:Failed to invoke '\w+' due to an error on the server\. )HubException: (.*)$/s) ?? assert.fail(error.message);
    assert.match(answer, sentence);
    return true;
  });
}

/** The connection still answers. */
export async function livesOn(hub) {
  assert.ok((await hub.invoke("Describe")).version);
}
