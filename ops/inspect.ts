// Reads what a site says of a Proxmox host, over SSH, and prints the lines to paste: npm run inspect -- --host din
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { start } from "./command-line.ts";
import { Failure } from "./failure.ts";
import { factsFrom } from "./inspect/host-facts.ts";
import { renderFacts } from "./inspect/render.ts";
import { readStackSite } from "./stack-file.ts";
import { UsageError } from "./usage-error.ts";

interface Options {
  readonly host: string;
  readonly stack: string;
  readonly configFile?: string;
  readonly address?: string;
  readonly port?: string;
  readonly identity?: string;
}

const SCRIPT = new URL("inspect/read-host.sh", import.meta.url);

async function run(options: Options): Promise<number> {
  const { site } = readStackSite(options.stack, options.configFile);
  const spec = site.hosts[options.host];
  if (!spec?.proxmox) {
    const known = Object.keys(site.hosts).filter((name) => site.hosts[name]?.proxmox);
    throw new UsageError(`${options.host} is no Proxmox host of the site; it has ${known.join(", ") || "none"}`);
  }
  const { network, port, user } = spec.proxmox.ssh;
  const address = options.address ?? spec.addresses[network] ?? "";
  const printed = await overSsh(`${user}@${address}`, options.port ?? String(port), options.identity);

  process.stdout.write(renderFacts(options.host, factsFrom(printed)));

  return 0;
}

/** The owner's own ssh asks about a host key that it does not know yet; nothing is written on the host. */
function overSsh(target: string, port: string, identity: string | undefined): Promise<string> {
  const opens = identity ? ["-i", identity, "-o", "IdentitiesOnly=yes"] : [];
  const args = ["-p", port, ...opens, target, "sh -s"];
  const child = spawn("ssh", args, { stdio: ["pipe", "pipe", "inherit"] });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(readFileSync(SCRIPT));
  return new Promise((resolve, reject) => {
    child
      .once("error", ({ message }) => reject(new Failure(message)))
      .once("close", (code) => {
        if (code === 0) resolve(printed);
        else reject(new Failure(`ssh ${target} ended with ${code}; nothing was read`));
      });
  });
}

await start(
  new Command("inspect")
    .description(
      "Reads cards, boot disks and the host key of a Proxmox host, and prints the lines of the site to paste",
    )
    .requiredOption("--host <name>", "the host, as the site calls it")
    .option("--stack <name>", "the stack, as in Pulumi.<name>.yaml", "prod")
    .option("--config-file <file>", "read in place of the stack's file")
    .option("--address <address>", "where the host is reached, in place of the site's address")
    .option("--port <port>", "the port of SSH, in place of the site's")
    .option("--identity <file>", "the private key that opens it"),
  run,
);
