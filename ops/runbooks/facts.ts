import { type Appliance, type DatasetPlan, protectionPlan, type Site } from "../../src/site/index.ts";

/** What runbooks are written from. */
export interface Facts {
  readonly stack: string;
  readonly site: Site;
  /** The plan as the machines stand. */
  readonly plan: readonly DatasetPlan[];
  /** The plan as it will be once every machine is there. */
  readonly planned: readonly DatasetPlan[];
  /** Machines that are not there yet. */
  readonly absent: readonly string[];
}

/** Gathers what a site tells for its runbooks. */
export function factsOf(stack: string, site: Site): Facts {
  const hosts = Object.fromEntries(
    Object.entries(site.hosts).map(([name, host]) => [name, { ...host, state: "online" as const }]),
  );
  const absent = Object.entries(site.hosts)
    .filter(([, { state }]) => state === "offline" || state === "not-installed")
    .map(([name]) => name);
  const appliances = Object.fromEntries(
    Object.entries(site.appliances).map(([name, appliance]) => [name, { ...appliance, installed: true }]),
  );
  const planned = protectionPlan({ ...site, hosts, appliances });
  return { stack, site, plan: protectionPlan(site), planned, absent };
}

/** How to log in to an appliance. */
export function login({ ssh, addresses }: Appliance): string {
  const port = ssh.port === 22 ? "" : ` -p ${ssh.port}`;
  return `ssh${port} ${ssh.user}@${addresses[ssh.network] ?? "ADDRESS"}`;
}

/** How a single command is run on an appliance for which sudo may ask for the administrator's password. */
export function loginForSudo(appliance: Appliance): string {
  return appliance.ssh.sudo ? login(appliance).replace("ssh", "ssh -t") : login(appliance);
}

/** What stands before a command that only root may run there. */
export function asRoot({ ssh }: Appliance): string {
  return ssh.sudo ? "sudo " : "";
}

/** How the middleware is called on an appliance; a job is waited for. */
export function midclt(appliance: Appliance, kind: "call" | "job" = "call"): string {
  return `${asRoot(appliance)}midclt call${kind === "job" ? " -j -jp description" : ""}`;
}

/** The namespace of snapshots in the appliance's release. */
export function snapshotMethods({ version }: Appliance): string {
  return version === "25.04" ? "zfs.snapshot" : "pool.snapshot";
}

/** The appliances that a machine carries, by name. */
export function appliancesOn(host: string, { site }: Facts): [string, Appliance][] {
  return Object.entries(site.appliances).filter(([, appliance]) => appliance.host === host);
}

/** Machines that carry data that has its home there. */
export function homes({ site, plan }: Facts): string[] {
  const hosts = plan.filter(isData).map(({ appliance }) => site.appliances[appliance]?.host ?? "");
  return [...new Set(hosts)].filter((host) => host !== "");
}

/** Machines that keep copies of data which has its home elsewhere. */
export function keepers({ site }: Facts): string[] {
  const hosts = Object.values(site.replications).map(
    ({ target }) => target.host ?? site.appliances[target.appliance ?? ""]?.host ?? "",
  );
  return [...new Set(hosts)].filter((host) => host !== "");
}

/** Whether a dataset holds data that has its home there and is worth bringing back. */
export function isData({ isCopy, class: dataClass }: DatasetPlan): boolean {
  return !isCopy && dataClass !== "container" && dataClass !== "disposable";
}
