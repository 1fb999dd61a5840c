import { checksumCommand, readChecksums } from "../midclt/checksums.ts";
import { Midclt } from "../midclt/midclt.ts";
import { SshConnection } from "../midclt/ssh.ts";
import type { Environment } from "./environment.ts";
import { type Settings, targetOf } from "./settings.ts";

/** A way to an appliance: a connection, and calls over it. */
export interface Link {
  readonly ssh: SshConnection;
  readonly midclt: Midclt;
  /** Whether programs are run through `sudo -n`. */
  readonly sudo: boolean;
}

/** A link that is dialled at its first call; `onLost` is told when its connection has ended. */
export function openLink(settings: Settings, environment: Environment, onLost: () => void = () => undefined): Link {
  const target = targetOf(settings, environment);
  const { user, sudo, secrets } = target;
  const ssh = new SshConnection(target, onLost);
  const timeoutSeconds = environment.callTimeout;

  return { ssh, sudo, midclt: new Midclt(ssh, { host: settings.label, user, sudo, secrets, timeoutSeconds }) };
}

/** The SHA-256 of files on the appliance of that name, by path; one that cannot be read has none. */
export async function checksumsOver(
  { ssh, sudo }: Link,
  label: string,
  paths: readonly string[],
  seconds: number,
): Promise<ReadonlyMap<string, string>> {
  return readChecksums(await ssh.run(checksumCommand(paths, sudo), seconds), label);
}
