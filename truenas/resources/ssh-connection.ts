import { sshConnection } from "../model/ssh-connection.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `SshConnection`. */
export type SshConnectionArgs = ArgsOf<typeof sshConnection.properties>;

/** How this appliance logs in to another machine over SSH; its id is the name. */
export class SshConnection extends resourceClass(sshConnection) {}
