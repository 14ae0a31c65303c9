import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

/** Which of the two hub protocols this run speaks; the same tests run once for each. */
export const protocol = required("CCSIGNAL_PROTOCOL");
export const url = required("CCSIGNAL_URL");
export const token = required("CCSIGNAL_TOKEN");

const protocols = { json: () => new JsonHubProtocol(), messagepack: () => new MessagePackHubProtocol() };

/**
 * A connection that is not started: the JavaScript client as anybody would set it up.
 *
 * @param {object} [how] options of the client beside the usual ones; `query` is put behind the address, `speak` is another protocol
 */
export function connection({ query = "", speak = protocol, ...options } = {}) {
  return new HubConnectionBuilder()
    .withUrl(`${url}/hub${query}`, { transport: HttpTransportType.WebSockets, accessTokenFactory: () => token, ...options })
    .withHubProtocol(protocols[speak]())
    .configureLogging(LogLevel.None)
    .build();
}

/** A started connection that ends with the test. */
export async function connect(t, options) {
  const hub = connection(options);
  await hub.start();
  t.after(() => hub.stop());
  return hub;
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: these tests are run by tests/CcSignal.Server.Tests/JavaScript, which starts the server.`);
  }

  return value;
}
