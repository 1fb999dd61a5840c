import * as pulumi from "@pulumi/pulumi";
import { Dataset, Provider } from "../../../truenas/index.ts";

// The SDK takes a hundred stack traces for each resource, in case its promises leak. That would be most of what is
// timed here, and is no different in the naive way, which is timed without a program.
Error.stackTraceLimit = 0;

const GIB = 1024 ** 3;
const config = new pulumi.Config();
const provider = new Provider("bench", { host: "192.0.2.10", secretName: "bench:sshKey" });

for (let at = 0; at < config.requireNumber("count"); at += 1) {
  const name = `tank/data-${at}`;
  const quota = (at === 0 ? config.requireNumber("firstQuota") : 1) * GIB;
  const userProperties = { "homelab:class": "runtime", "homelab:owner": "primary-nas", "homelab:purpose": "bench" };
  new Dataset(name, { name, quota, userProperties }, { provider });
}
