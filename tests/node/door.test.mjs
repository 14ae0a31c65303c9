import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { connect, connection, protocol, token, url } from "./lib/hub.mjs";
import { livesOn } from "./lib/refusal.mjs";

const bearer = { Authorization: `Bearer ${token}` };
const nobody = { accessTokenFactory: undefined };

async function ticket() {
  const answer = await fetch(`${url}/tickets`, { method: "POST", headers: bearer });
  assert.equal(answer.status, 200);
  return (await answer.json()).ticket;
}

async function stays(out) {
  await assert.rejects(out.start());
  await out.stop();
}

describe(`who comes in (${protocol})`, () => {
  test("a token from accessTokenFactory, after negotiation", async t => {
    await livesOn(await connect(t));
  });

  test("a token from accessTokenFactory, without negotiation", async t => {
    await livesOn(await connect(t, { skipNegotiation: true }));
  });

  test("a token in a header", async t => {
    await livesOn(await connect(t, { ...nobody, headers: bearer }));
  });

  test("a ticket in the address, as a browser sends it, once", async t => {
    const query = `?access_token=${encodeURIComponent(await ticket())}`;

    await livesOn(await connect(t, { ...nobody, skipNegotiation: true, query }));

    await stays(connection({ ...nobody, skipNegotiation: true, query }));
  });

  test("a ticket that a browser's client fetches for each connection", async t => {
    const answer = await fetch(`${url}/tickets`, { method: "POST", headers: bearer });

    assert.deepEqual(Object.keys(await answer.json()).sort(), ["expiresInSeconds", "ticket"]);
    for (let time = 0; time < 2; time++) {
      await livesOn(await connect(t, { ...nobody, skipNegotiation: true, query: `?access_token=${encodeURIComponent(await ticket())}` }));
    }
  });

  test("the cookie of a login, from the same origin", async t => {
    const login = await fetch(`${url}/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: url },
      body: JSON.stringify({ ticket: await ticket() }),
    });

    assert.equal(login.status, 204);
    const [cookie] = login.headers.getSetCookie();
    assert.match(cookie, /httponly/i);
    assert.match(cookie, /samesite=strict/i);
    await livesOn(await connect(t, { ...nobody, skipNegotiation: true, headers: { Cookie: cookie.split(";")[0], Origin: url } }));
  });
});

describe(`who stays out (${protocol})`, () => {
  const others = {
    "nobody": { ...nobody },
    "nobody, without negotiation": { ...nobody, skipNegotiation: true },
    "a wrong token": { accessTokenFactory: () => "wrong", skipNegotiation: true },
    "a token in the address": { ...nobody, skipNegotiation: true, query: `?access_token=${encodeURIComponent(token)}` },
    "a foreign page": { headers: { Origin: "https://evil.example" }, skipNegotiation: true },
    "a foreign host name": { headers: { Host: "evil.example" }, skipNegotiation: true },
  };

  for (const [who, options] of Object.entries(others)) {
    test(who, () => stays(connection(options)));
  }
});
