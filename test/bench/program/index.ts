import * as pulumi from "@pulumi/pulumi";
import { Dataset, fingerprint, Pool, Provider } from "../../../truenas/index.ts";

const GIB = 1024 ** 3;
const config = new pulumi.Config();
const disks = ["BENCH-1", "BENCH-2", "BENCH-3", "BENCH-4"];

const provider = new Provider("bench", { host: "192.0.2.10", secretName: "bench:sshKey" });
const topology = { data: [{ type: "RAIDZ1" as const, disks, diskSize: 4e12 }] };
const pool = new Pool("tank", { name: "tank", topology, create: fingerprint(disks) }, { provider });

for (let at = 0; at < config.requireNumber("count"); at += 1) {
  const name = `tank/data-${at}`;
  const quota = (at === 0 ? config.requireNumber("firstQuota") : 1) * GIB;
  const userProperties = { "homelab:class": "runtime", "homelab:owner": "primary-nas", "homelab:purpose": "bench" };
  new Dataset(name, { name, quota, userProperties }, { provider, dependsOn: pool });
}
