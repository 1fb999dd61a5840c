import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import type { Cloud, Offsite as Spec } from "../../src/site/index.ts";
import { CloudBackup, CloudCredential, Dataset } from "../../truenas/index.ts";
import { declare, tokenOf } from "../declare.ts";
import { keyOf, type Planned, plan } from "../storage/planned.ts";
import type { TrueNas } from "../storage/true-nas.ts";

/** What an offsite copy is made from. */
export interface OffsiteArgs {
  readonly spec: Spec;
  readonly cloud: Cloud;
  /** The application key that reaches this copy's bucket and no other. */
  readonly keyId: pulumi.Output<string> | undefined;
  readonly key: pulumi.Output<string> | undefined;
}

/**
 * A copy outside the house: a repository of its own in a bucket, opened by a key of its own, encrypted with a password
 * that this program makes once. Whoever loses the password and the state has lost the copy: print the recovery sheet.
 */
export class Offsite extends pulumi.ComponentResource {
  constructor(nas: TrueNas, name: string, args: OffsiteArgs) {
    super("homelab:protection:Offsite", `${nas.label}/${name}`, {}, { parent: nas });
    const password = declare(
      nas.host,
      RandomPassword,
      `${nas.label}/${name}`,
      { length: 40, special: false },
      { parent: this, protect: args.spec.onDestroy === "refuse" },
    );
    const credential = credentialPlan(name, args);
    nas.place(credential, { parent: this });
    const known = password instanceof RandomPassword ? { password: password.result } : {};
    nas.place(backupPlan(nas, name, args, known, keyOf(credential)), { parent: this });
    this.registerOutputs({});
  }
}

function credentialPlan(name: string, { cloud, keyId, key }: OffsiteArgs): Planned {
  const args = {
    name: `offsite ${name}`,
    type: "S3" as const,
    accessKeyId: keyId,
    secretAccessKey: key,
    endpoint: cloud.endpoint ?? "",
    region: cloud.region ?? "",
  };
  return plan(CloudCredential, `offsite ${name}`, args);
}

function backupPlan(
  nas: TrueNas,
  name: string,
  { spec }: OffsiteArgs,
  known: { password?: pulumi.Output<string> },
  credential: string,
): Planned {
  const { source, bucket, folder, schedule, keep } = spec;
  const args = {
    description: name,
    path: `/mnt/${source.dataset}`,
    credential: `offsite ${name}`,
    bucket,
    folder: folder === undefined ? "" : `/${folder}`,
    schedule,
    ...(known as { password: pulumi.Output<string> }),
    keepLast: keep ?? 1,
    snapshot: isLeaf(nas, source.dataset),
    enabled: true,
  };
  return plan(CloudBackup, name, args, {
    after: [credential, keyOf({ type: tokenOf(Dataset), name: source.dataset })],
  });
}

/** TrueNAS reads from a snapshot, so that nothing changes meanwhile, where no dataset lies below. */
function isLeaf({ appliance }: TrueNas, dataset: string): boolean {
  const [pool = "", ...below] = dataset.split("/");
  const { datasets = {}, zvols = {} } = appliance.pools[pool] ?? {};
  const top = below.join("/");
  const made = datasets[top]?.access.csi !== undefined;
  return !made && ![...Object.keys(datasets), ...Object.keys(zvols)].some((other) => other.startsWith(`${top}/`));
}
