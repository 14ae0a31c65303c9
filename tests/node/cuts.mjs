// Run by tests/CcSignal.Client.Tests/Resuming, with a proxy that cuts connections between it and the server: reads one execution as the dashboard does,
// and prints what it was given as a line of JSON.
import { createHash } from "node:crypto";
import { ExecutionStream } from "../../src/CcSignal.Server/wwwroot/js/transport/execution-stream.js";
import { HubLink } from "../../src/CcSignal.Server/wwwroot/js/transport/hub-link.js";
import { child, newId } from "./lib/child.mjs";
import { connection } from "./lib/hub.mjs";

const hash = createHash("sha256");
const told = { bytes: 0, snapshots: 0, ends: 0, disordered: 0, interruptions: 0, exitCode: null };
let sequence = 0;

const link = new HubLink(connection, {
  firstDelay: 5,
  maxDelay: 50,
  onState: state => { told.interruptions += state === "reconnecting" ? 1 : 0; },
});
const stream = new ExecutionStream(
  link,
  { id: newId(), ...child(...process.argv.slice(2)) },
  event => {
    if (event.kind === "output") {
      told.disordered += event.offset === told.bytes && event.sequence > sequence ? 0 : 1;
      sequence = event.sequence;
      told.bytes += event.data.length;
      hash.update(event.data);
    }

    told.snapshots += event.kind === "snapshot" ? 1 : 0;
    told.ends += event.kind === "ended" ? 1 : 0;
    told.exitCode = event.info?.end?.exitCode ?? null;
  },
  { windowBytes: 64 * 1024 });

link.start();
await stream.start();
await link.stop();
console.log(JSON.stringify({ ...told, sha256: hash.digest("hex") }));
