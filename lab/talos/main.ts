// Stands in for talosctl in rehearsals: the machines that it speaks to are files below $TALOS_LAB.
import { parseArgs } from "node:util";
import { COMMANDS } from "./commands.ts";
import { Fleet } from "./fleet.ts";
import { Refusal } from "./refusal.ts";

const folder = process.env["TALOS_LAB"];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: true,
  options: {
    talosconfig: { type: "string" },
    endpoints: { type: "string", short: "e" },
    nodes: { type: "string", short: "n" },
    insecure: { type: "boolean", short: "i" },
    file: { type: "string", short: "f" },
    mode: { type: "string" },
    image: { type: "string" },
    output: { type: "string", short: "o" },
    "output-file": { type: "string" },
    "output-types": { type: "string", short: "t" },
    "talos-version": { type: "string" },
    "with-secrets": { type: "string" },
    "control-plane-nodes": { type: "string" },
    "worker-nodes": { type: "string" },
    "wait-timeout": { type: "string" },
    merge: { type: "string" },
    force: { type: "boolean" },
  },
});

const [name, run] = COMMANDS.find(([words]) => words.every((word, at) => positionals[at] === word)) ?? [];
try {
  if (!folder) throw new Refusal("there is no machine here: TALOS_LAB names no folder");
  if (!name || !run) throw new Refusal(`unknown command "${positionals.join(" ")}" for "talosctl"`);
  const rest = positionals.slice(name.length);
  process.stdout.write(run({ fleet: new Fleet(folder, process.env["PROXMOX_LAB"]), flags: values, rest }));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
