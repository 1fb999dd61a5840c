import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import type { Cloud, Offsite as Spec } from "../../src/site/index.ts";
import { CloudBackup, CloudCredential, CloudSync, Dataset } from "../../truenas/index.ts";
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
    nas.place(taskPlan(nas, name, args, known as Known, keyOf(credential)), { parent: this });
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

/** The password, where the appliance is there. */
interface Known {
  readonly password: pulumi.Output<string>;
}

/** What carries the data: restic keeps states, a sync keeps the files as they are now, encrypted all the same. */
function taskPlan(nas: TrueNas, name: string, { spec }: OffsiteArgs, known: Known, credential: string): Planned {
  const { source, bucket, folder, schedule, keep, method } = spec;
  const args = {
    description: name,
    path: `/mnt/${source.dataset}`,
    credential: `offsite ${name}`,
    bucket,
    folder: folder === undefined ? "" : `/${folder}`,
    schedule,
    snapshot: isLeaf(nas, source.dataset),
    enabled: true,
  };
  const after = [credential, keyOf({ type: tokenOf(Dataset), name: source.dataset })];
  if (method !== "cloud-sync") return plan(CloudBackup, name, { ...args, ...known, keepLast: keep ?? 1 }, { after });
  const { password: encryptionPassword } = known;
  const sync = {
    direction: "PUSH" as const,
    transferMode: "SYNC" as const,
    encryption: true,
    filenameEncryption: true,
  };

  return plan(CloudSync, name, { ...args, ...sync, encryptionPassword }, { after });
}

/** TrueNAS reads from a snapshot, so that nothing changes meanwhile, where no dataset lies below. */
function isLeaf({ appliance }: TrueNas, dataset: string): boolean {
  const [pool = "", ...below] = dataset.split("/");
  const { datasets = {}, zvols = {} } = appliance.pools[pool] ?? {};
  const top = below.join("/");
  const made = datasets[top]?.access.csi !== undefined;
  return !made && ![...Object.keys(datasets), ...Object.keys(zvols)].some((other) => other.startsWith(`${top}/`));
}
