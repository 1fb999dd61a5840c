/**
 * Entry point of the provider process: serves the engine's protocol on loopback and prints the port, as the engine
 * expects. It ends when the engine does.
 */
import { fstatSync } from "node:fs";
import * as grpc from "@grpc/grpc-js";
import { EngineLog } from "./engine-log.ts";
import { readEnvironment } from "./environment.ts";
import { Journal } from "./journal.ts";
import { TrueNasProvider } from "./provider.ts";
import { Redactor } from "./redact.ts";
import { serve } from "./server.ts";

const PARENT_CHECK_MS = 1000;

const redactor = new Redactor();
const environment = readEnvironment();
const journal = new Journal(environment.journalFile, redactor);
const server = serve(new TrueNasProvider(environment, journal, new EngineLog(process.argv[2])), redactor);

server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

endWithEngine();

/** The engine holds the other end of standard input; a plugin started by hand has a terminal there and goes on. */
function endWithEngine(): void {
  const stdin = fstatSync(0, { throwIfNoEntry: false });
  if (stdin?.isFIFO() || stdin?.isSocket()) {
    process.stdin.on("end", () => process.exit(0));
    process.stdin.on("error", () => process.exit(0));
    process.stdin.resume();
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_CHECK_MS).unref();
}
