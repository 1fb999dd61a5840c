import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { documentsOf, type Fleet, type Talos } from "./fleet.ts";
import { Refusal } from "./refusal.ts";

/** One call of talosctl. */
interface Call {
  readonly fleet: Fleet;
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly rest: readonly string[];
}

type Command = (call: Call) => string;

interface Bundle {
  readonly cluster: { readonly id: string };
}

/** What the stand-in knows, by the words of the command. */
export const COMMANDS: readonly (readonly [words: readonly string[], run: Command])[] = [
  [["gen", "secrets"], makeSecrets],
  [["gen", "config"], makeTalosconfig],
  [["version"], version],
  [["get", "extensions"], extensions],
  [["apply-config"], applyConfig],
  [["upgrade"], upgrade],
  [["etcd", "members"], members],
  [["bootstrap"], bootstrap],
  [["kubeconfig"], kubeconfig],
  [["health"], health],
];

function makeSecrets(): string {
  const random = (bytes: number) => randomBytes(bytes).toString("base64");
  const token = () => `${randomBytes(3).toString("hex")}.${randomBytes(8).toString("hex")}`;
  const pair = () => ({ crt: random(48), key: random(48) });
  return stringify({
    cluster: { id: random(32), secret: random(32) },
    secrets: { bootstraptoken: token(), secretboxencryptionsecret: random(32) },
    trustdinfo: { token: token() },
    certs: { etcd: pair(), k8s: pair(), k8saggregator: pair(), k8sserviceaccount: { key: random(48) }, os: pair() },
  });
}

function makeTalosconfig({ flags, rest }: Call): string {
  const [name, endpoint] = rest;
  if (!name || !endpoint?.startsWith("https://")) throw new Refusal("accepts 2 arg(s), a name and an endpoint");
  if (flags["output-types"] !== "talosconfig") throw new Refusal("the lab makes talosconfig only");
  const { cluster } = parse(readFileSync(String(flags["with-secrets"]), "utf8")) as Bundle;
  return stringify({ context: name, contexts: { [name]: { ca: cluster.id } } });
}

/** The machine that a call is for, which lets in only who has the keys of its cluster; a new one lets in anybody. */
function reached({ fleet, flags }: Call): Talos {
  const machine = fleet.at(String(flags["nodes"]));
  if (flags["insecure"]) {
    if (machine.config) throw new Refusal("rpc error: code = Unavailable desc = tls: certificate required");
    return machine;
  }
  const { contexts } = parse(readFileSync(String(flags["talosconfig"]), "utf8")) as {
    contexts: Record<string, { ca: string }>;
  };
  const known = Object.values(contexts).map(({ ca }) => ca);
  if (!machine.config || !known.includes(clusterOf(machine.config).id)) {
    throw new Refusal('rpc error: code = Unavailable desc = x509: certificate signed by unknown authority "talos"');
  }
  return machine;
}

function clusterOf(config: string): { id: string; controlPlane: { endpoint: string } } {
  const [main] = documentsOf(config);
  return main?.["cluster"] as { id: string; controlPlane: { endpoint: string } };
}

function typeOf({ config = "" }: Talos): string {
  const [main] = documentsOf(config);
  return (main?.["machine"] as { type: string } | undefined)?.type ?? "";
}

function version(call: Call): string {
  const { address, version: tag } = reached(call);
  return `Client:\n\tTag:         ${tag}\nServer:\n\tNODE:        ${address}\n\tTag:         ${tag}\n`;
}

function extensions(call: Call): string {
  const { address, schematic } = reached(call);
  return stringify({
    node: address,
    metadata: { id: "schematic" },
    spec: { metadata: { name: "schematic", version: schematic } },
  });
}

function applyConfig(call: Call): string {
  const machine = reached(call);
  const config = readFileSync(String(call.flags["file"]), "utf8");
  const [main] = documentsOf(config);
  if (main?.["version"] !== "v1alpha1")
    throw new Refusal("unknown keys found during decoding: the first document is no machine configuration");
  const own = documentsOf(config).flatMap(({ kind, addresses }) =>
    kind === "LinkConfig" ? (addresses as { address: string }[]) : [],
  );
  const address = own[0]?.address.split("/")[0] ?? machine.address;
  call.fleet.put({ ...machine, address, config, applied: machine.applied + 1 });
  return "";
}

function upgrade(call: Call): string {
  const machine = reached(call);
  const [, schematic, tag] =
    /^factory\.talos\.dev\/nocloud-installer\/([0-9a-f]{64}):(v[\d.]+)$/.exec(String(call.flags["image"])) ?? [];
  if (!schematic || !tag) throw new Refusal(`the image ${call.flags["image"]} does not exist`);
  call.fleet.put({ ...machine, schematic, version: tag, upgraded: machine.upgraded + 1 });
  return "";
}

function members(call: Call): string {
  const machine = reached(call);
  if (!machine.etcd) throw new Refusal("rpc error: code = FailedPrecondition desc = etcd is not running");
  return `NODE ID HOSTNAME\n${machine.address} 1 ${machine.address}\n`;
}

function bootstrap(call: Call): string {
  const machine = reached(call);
  if (typeOf(machine) !== "controlplane")
    throw new Refusal("rpc error: code = Unimplemented desc = bootstrap is for control planes");
  if (machine.etcd) throw new Refusal("rpc error: code = AlreadyExists desc = etcd data directory is not empty");
  call.fleet.put({ ...machine, etcd: true });
  return "";
}

function kubeconfig(call: Call): string {
  const machine = reached(call);
  if (!machine.etcd) throw new Refusal("rpc error: code = FailedPrecondition desc = etcd is not running");
  const { id, controlPlane } = clusterOf(machine.config ?? "");
  const server = controlPlane.endpoint;
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "talos", cluster: { server, "certificate-authority-data": id } }],
    users: [{ name: "admin", user: { token: id } }],
    contexts: [{ name: "admin@talos", context: { cluster: "talos", user: "admin" } }],
    "current-context": "admin@talos",
  });
}

function health(call: Call): string {
  const { flags, fleet } = call;
  if (!reached(call).etcd) throw new Refusal("etcd is not running");
  const listed = [flags["control-plane-nodes"], flags["worker-nodes"]].flatMap((list) =>
    String(list ?? "")
      .split(",")
      .filter(Boolean),
  );
  const silent = listed.filter((address) => !fleet.at(address).config);
  if (silent.length > 0) throw new Refusal(`waiting for all nodes to be ready: ${silent.join(", ")} not ready`);
  return "waiting for all k8s nodes to report ready: OK\n";
}
