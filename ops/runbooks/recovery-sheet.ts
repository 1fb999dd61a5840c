import { secretsOf } from "../../src/secrets.ts";
import type { Site } from "../../src/site/index.ts";
import type { Facts } from "./facts.ts";
import { repositoryOf } from "./pages/restic-by-hand.ts";

/** A secret as the sheet tells of it; the sheet never holds one. */
interface Line {
  readonly what: string;
  readonly kept: string;
  /** The command that shows it. */
  readonly read?: string;
}

/** A page to print and to fill in by hand: which secrets there are, where each is kept, and how it is read. */
export function recoverySheet(facts: Facts): string {
  const { site, stack } = facts;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Recovery sheet of ${escaped(site.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Recovery sheet of ${escaped(site.name)} (${escaped(stack)})</h1>
<p>Print it, fill it in by hand, and keep one copy outside the house. Whoever holds it can read everything; without it
nobody can open the repositories once the state is lost. The commands show each secret; the sheet itself holds none.</p>
<p>Filled in on <span class="blank"></span> by <span class="blank"></span></p>
${section("First", firstLines())}
${section("Secrets that the owner set", ownLines(facts))}
${section("Secrets that were made", madeLines(facts))}
${repositories(site)}
<h2>How to go on</h2>
<p>docs/runbooks/${escaped(stack)}/README.md of the project says what to do after which loss. Without the project: each
repository opens with restic alone, its address, its password and its key, all of which stand here.</p>
</body>
</html>
`;
}

function firstLines(): Line[] {
  return [
    { what: "Passphrase of Pulumi's state", kept: "in nobody's computer; only here and in the owner's head" },
    {
      what: "Where the state and its newest export lie",
      kept: "see state-backend.md",
      read: "npm run pulumi -- whoami --verbose",
    },
    { what: "Where this project lies outside the house", kept: "a second Git remote", read: "git remote --verbose" },
    { what: "Login to the cloud's own web page, with its second factor", kept: "the owner's password manager" },
  ];
}

/** Everything that somebody has to set, also for machines that are not there yet. */
function ownLines({ site, stack }: Facts): Line[] {
  const hosts = Object.entries(site.hosts).map(([name, host]) => [name, { ...host, state: "online" as const }]);
  const appliances = Object.entries(site.appliances).map(([name, one]) => [name, { ...one, installed: true }]);
  const whole: Site = { ...site, hosts: Object.fromEntries(hosts), appliances: Object.fromEntries(appliances) };
  const administrators = Object.entries(site.appliances).map(([name, { ssh }]) => ({
    what: `Password of ${ssh.user} on ${name}, for its web page`,
    kept: "set by hand at installation; nowhere in the project",
  }));
  const set = secretsOf(whole).map(({ name, purpose }) => ({
    what: purpose.charAt(0).toUpperCase() + purpose.slice(1),
    kept: `configuration of the stack, homelab:${name}`,
    read: `npm run pulumi -- config get homelab:${name} --stack ${stack}`,
  }));
  return [...set, ...administrators];
}

function madeLines({ site, stack }: Facts): Line[] {
  const restic = Object.entries(site.offsites).filter(([, { method }]) => method === "restic");
  const copied = site.configurationCopies !== undefined;
  const key = {
    what: "Private key that opens copies of the appliances' configuration (recovery-key.pem)",
    kept: "made once with its certificate, see ADR-0036; print it and pin it to this sheet, it lies nowhere else",
    read: "cat recovery-key.pem",
  };
  const passwords = restic.map(([name, { source }]) => ({
    what: `Password of the repository ${name}`,
    kept: "state of the stack, made once by the project",
    read: passwordOf(`${source.appliance}/${name}`, stack),
  }));
  return [...passwords, ...(copied ? [key] : [])];
}

/** The state keeps a secret as JSON text once it is shown, under the name of the password that was made. */
function passwordOf(resource: string, stack: string): string {
  const made = `.type == "random:index/randomPassword:RandomPassword" and (.urn | endswith("::${resource}"))`;
  const value = ".outputs.result.plaintext | fromjson";
  return `npm run -s pulumi -- stack export --show-secrets --stack ${stack} | jq -r '.deployment.resources[] | select(${made}) | ${value}'`;
}

function section(title: string, lines: readonly Line[]): string {
  if (lines.length === 0) return "";
  const rows = lines.map(({ what, kept, read }) => {
    const how = read === undefined ? "" : `<br><code>${escaped(read)}</code>`;
    return `<tr><td><b>${escaped(what)}</b><br><small>${escaped(kept)}${how}</small></td><td class="blank"></td></tr>`;
  });
  return `<h2>${escaped(title)}</h2>\n<table>\n${rows.join("\n")}\n</table>`;
}

function repositories(site: Site): string {
  const rows = Object.entries(site.offsites).map(
    ([name, copy]) =>
      `<tr><td>${escaped(name)}</td><td>${escaped(copy.source.dataset)}</td><td><code>${escaped(repositoryOf(copy, site))}</code></td><td>${escaped(copy.method)}</td></tr>`,
  );
  if (rows.length === 0) return "";
  const head = "<tr><th>copy</th><th>data</th><th>address</th><th>opened by</th></tr>";
  return `<h2>Copies outside the house</h2>\n<table>\n${head}\n${rows.join("\n")}\n</table>`;
}

const STYLE = `
body { font: 11pt/1.4 system-ui, sans-serif; color: #1b1f24; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 1.6rem; break-after: avoid; }
table { width: 100%; border-collapse: collapse; } td, th { border: 1px solid #8b949e; padding: .4rem; text-align: left; vertical-align: top; }
tr { break-inside: avoid; } code { overflow-wrap: anywhere; } td.blank { width: 45%; height: 3rem; }
span.blank { display: inline-block; width: 12rem; border-bottom: 1px solid #1b1f24; }
@media print { body { margin: 0; max-width: none; } }
`;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
