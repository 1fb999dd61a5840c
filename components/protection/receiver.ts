import * as pulumi from "@pulumi/pulumi";
import type { Appliance } from "../../src/site/index.ts";
import { Dataset, User } from "../../truenas/index.ts";
import { tokenOf } from "../declare.ts";
import { keyOf, plan } from "../storage/planned.ts";
import type { TrueNas } from "../storage/true-nas.ts";

/** Who sends copies. */
export interface Sender {
  readonly source: TrueNas;
  /** The public half of the key that it shows; undefined while it waits. */
  readonly publicKey: pulumi.Output<string> | undefined;
}

/** The one command that the account may run as root: all that replication needs, and nothing else. */
const ZFS = "/usr/sbin/zfs";

/**
 * How copies come into an appliance: an account without password, which the senders' keys open from the senders'
 * addresses only, and which may run `zfs` and nothing else as root.
 */
export class Receiver extends pulumi.ComponentResource {
  /** Where senders connect to. */
  readonly address: string;
  /** As whom they log in. */
  readonly user: string;
  /** The account, for connections to come after it. */
  readonly account: pulumi.Resource;

  constructor(nas: TrueNas, receives: NonNullable<Appliance["receives"]>, senders: readonly Sender[]) {
    super("homelab:protection:Receiver", nas.label, {}, { parent: nas });
    const { network, user, home } = receives;
    this.user = user;
    this.address = nas.appliance.addresses[network] ?? "";
    const keys = senders.flatMap(({ source, publicKey }) =>
      publicKey === undefined ? [] : [keyLine(source.appliance.addresses[network] ?? "", publicKey)],
    );
    const args = {
      username: user,
      fullName: "Takes copies by replication",
      home: `/mnt/${home}`,
      shell: "/usr/bin/bash",
      sudoCommandsNopasswd: [ZFS],
      ...(keys.length > 0 ? { sshpubkey: pulumi.all(keys).apply((lines) => lines.join("\n")) } : {}),
    };
    const after = [keyOf({ type: tokenOf(Dataset), name: home })];
    const needs = keys.length > 0 ? undefined : senders[0]?.source.host;
    this.account = nas.place(plan(User, user, args, { after }), { parent: this, ...(needs ? { needs } : {}) });
    this.registerOutputs({});
  }
}

/** A line of authorized keys: from one address only, and for commands only. */
function keyLine(address: string, publicKey: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.interpolate`from="${address}",restrict ${publicKey}`;
}
