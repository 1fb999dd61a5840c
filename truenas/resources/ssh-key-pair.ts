import { sshKeyPair } from "../model/ssh-key-pair.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `SshKeyPair`. */
export type SshKeyPairArgs = ArgsOf<typeof sshKeyPair.properties>;

/** A key pair by which this appliance logs in to others; its id is the name. */
export class SshKeyPair extends resourceClass(sshKeyPair) {}
