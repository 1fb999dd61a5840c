import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SimulatedTrueNas } from "../../../../lab/truenas/index.ts";

/**
 * What makes a shell of this machine one in which somebody types who has logged in to an appliance: `ssh user@address` alone
 * says where the lines that follow are run; what an appliance has of its own goes there, over SSH, word by word as it was.
 */
const SHELL = `
set -euo pipefail
over() { command ssh -n -F "$LAB_SSH" "$@"; }
ssh() { if [ $# -eq 1 ]; then HERE=$1; else over "$@"; fi; }
for program in sudo midclt; do eval "$program() { over \\"\\$HERE\\" \\"$program \\\${*@Q}\\"; }"; done
`;

/** Somebody who types what runbooks print, at a computer that reaches the appliances of a lab. */
export class Hands {
  readonly #config: string;

  /** @param appliances by the address at which runbooks say they are */
  constructor(dir: string, appliances: Readonly<Record<string, SimulatedTrueNas>>) {
    this.#config = join(dir, "ssh-config");
    const known = join(dir, "known-hosts");
    const all = Object.entries(appliances);
    const keys = all.map(([address, { endpoint }]) => `${address} ${endpoint.hostKey}\n`);
    writeFileSync(known, keys.join(""));
    const hosts = all.map(([address, { endpoint }]) =>
      [
        `Host ${address}`,
        `  HostName ${endpoint.host}`,
        `  HostKeyAlias ${address}`,
        `  Port ${endpoint.port}`,
        `  IdentityFile ${endpoint.privateKeyFile}`,
        "  IdentitiesOnly yes",
        "  BatchMode yes",
        "  StrictHostKeyChecking yes",
        `  UserKnownHostsFile ${known}`,
        "  LogLevel ERROR\n",
      ].join("\n"),
    );
    writeFileSync(this.#config, hosts.join(""));
  }

  /** Types lines, one after the other; resolves with what was printed, rejects when one of them fails. */
  type(lines: readonly string[]): Promise<string> {
    const script = [SHELL, ...lines].join("\n");
    const env = { ...process.env, LAB_SSH: this.#config };
    return new Promise((resolve, reject) => {
      execFile("bash", ["-c", script], { env, encoding: "utf8" }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${lines.join("\n")}\n${stdout}${stderr}`));
      });
    });
  }
}
