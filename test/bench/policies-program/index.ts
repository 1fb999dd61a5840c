import * as pulumi from "@pulumi/pulumi";
import { Dataset, NfsShare, Pool, Provider, ScrubTask, SnapshotTask } from "../../../truenas/index.ts";

// See test/bench/program: stack traces that the SDK takes would be most of what is timed.
Error.stackTraceLimit = 0;

const SITE = {
  name: "bench",
  ownershipModel: "nas-centric",
  phase: "steady",
  waivers: [],
  networks: { storage: { vlan: 10, cidr: "192.0.2.0/24" } },
};
const COPY = { dataset: "tank", recursive: true, method: "rsync", sourceHost: "one", host: "two", schedule: {} };

/** A component whose inputs are all that matters. */
class Note extends pulumi.ComponentResource {
  constructor(type: string, name: string, props: object, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, { ...props }, opts);
    this.registerOutputs({ ...props });
  }
}

const count = new pulumi.Config().requireNumber("count");
new Note("homelab:index:Site", "bench", SITE);
const appliance = new Note("homelab:storage:TrueNas", "bench", {});
const provider = new Provider("bench", { host: "192.0.2.10", secretName: "bench:sshKey" }, { parent: appliance });
const guarded = { provider, parent: appliance, protect: true };
const schedule = { minute: "0", hour: "2", dow: "7" };
const disks = ["A", "B"];

new Note("homelab:protection:ExternalCopy", "copy", COPY, { parent: appliance });
new Note(
  "homelab:protection:ExternalMonitor",
  "monitor",
  { watches: ["capacity", "scrub", "smart"] },
  { parent: appliance },
);
new Pool("tank", { name: "tank", topology: { data: [{ type: "MIRROR", disks, diskSize: 8e12 }] } }, guarded);
new ScrubTask("tank", { pool: "tank", threshold: 6, schedule }, guarded);
new SnapshotTask("tank", { dataset: "tank", recursive: true, namingSchema: "auto-%Y-%m-%d_%H-%M" }, guarded);

// Every other resource is a dataset, every other its export.
for (let at = 0; at < count / 2; at += 1) {
  const name = `tank/data-${at}`;
  const userProperties = { "homelab:class": "runtime", "homelab:owner": "primary-nas", "homelab:purpose": name };
  new Dataset(name, { name, quota: 2e9, userProperties }, guarded);
  new NfsShare(name, { path: `/mnt/${name}`, networks: ["192.0.2.0/24"] }, guarded);
}
