import { X509Certificate } from "node:crypto";
import type { CronJobArgs } from "../../truenas/index.ts";

/** A daily copy of an appliance's own configuration. */
export interface ConfigurationCopy {
  /** Whose configuration it is; file names begin with it. */
  readonly appliance: string;
  /** Mount point of the dataset that takes the copies, for example `/mnt/bulk/backups/configuration`. */
  readonly directory: string;
  /** PEM of the certificate that the copies are encrypted for; its private key never comes near the appliance. */
  readonly certificate: string;
  /** How many copies stay. */
  readonly keep: number;
  /** When it runs. @default daily at 01:15 */
  readonly schedule?: CronJobArgs["schedule"];
}

/** TrueNAS takes no longer command. */
const COMMAND_LIMIT = 1024;
const DAILY = { minute: "15", hour: "1" };
const SMALL_CERTIFICATE =
  "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=recovery -keyout recovery-key.pem -out recovery-certificate.pem";

/** A copy that cannot be made as it is described; the message says what to do. */
export class ConfigurationCopyError extends Error {
  override readonly name = "ConfigurationCopyError";
}

/**
 * The cron job that copies the appliance's database and secret seed into a dataset, encrypted for a certificate
 * (ADR-0036). Each copy is a tar file, as the web interface takes it back, in a CMS envelope. Throws
 * `ConfigurationCopyError` for what cannot be written into a command.
 */
export function configurationCopyJob(copy: ConfigurationCopy): CronJobArgs {
  return {
    description: `Copy of the configuration of ${copy.appliance}`,
    user: "root",
    command: configurationCopyCommand(copy),
    schedule: copy.schedule ?? DAILY,
    hideStdout: true,
    hideStderr: false,
  };
}

/** The line of shell that makes one copy and lets go of the oldest ones. */
export function configurationCopyCommand({ appliance, directory, certificate, keep }: ConfigurationCopy): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(appliance))
    throw new ConfigurationCopyError(
      `"${appliance}" cannot begin the name of a copy; use letters, digits, dots and dashes`,
    );
  if (!/^\/mnt\/[^'\n]+$/.test(directory))
    throw new ConfigurationCopyError(
      `copies of the configuration of ${appliance} cannot go to "${directory}"; use the mount point of a dataset below /mnt, without quotes`,
    );
  if (!Number.isSafeInteger(keep) || keep < 1)
    throw new ConfigurationCopyError(
      `${keep} copies of the configuration of ${appliance} cannot stay; keep at least 1`,
    );
  const command = [
    `umask 077; n=${appliance} k=${keep}; t=$(mktemp -d) && trap 'rm -rf $t' EXIT && cd '${directory}'`,
    `echo ${inBase64(appliance, certificate)} | base64 -d > $t/c`,
    `sqlite3 /data/freenas-v1.db ".backup $t/freenas-v1.db"`,
    "tar -cf $t/a -C $t freenas-v1.db -C /data pwenc_secret",
    "openssl cms -encrypt -binary -aes-256-gcm -outform DER -in $t/a -out .$n $t/c",
    "mv .$n $n-$(date -u +%F).tar.cms",
    "ls $n-????-??-??.tar.cms | head -n -$k | xargs -r rm --",
  ].join(" && ");
  if (command.length <= COMMAND_LIMIT) return command;
  throw new ConfigurationCopyError(
    `the command that copies the configuration of ${appliance} has ${command.length} characters and TrueNAS takes ${COMMAND_LIMIT}; use a certificate with a short key, as this makes one:\n  ${SMALL_CERTIFICATE}`,
  );
}

/** The certificate as one word. */
function inBase64(appliance: string, certificate: string): string {
  try {
    return new X509Certificate(certificate).raw.toString("base64");
  } catch {
    const seen = certificate.trim().slice(0, "-----BEGIN CERTIFICATE-----".length);
    throw new ConfigurationCopyError(
      `the configuration of ${appliance} is to be encrypted for a certificate that begins with "${seen}" and is none in PEM; make one with\n  ${SMALL_CERTIFICATE}`,
    );
  }
}
