import { fingerprint } from "../../../../truenas/index.ts";
import type { SiteYaml } from "../../../support/site-yaml.ts";

interface PoolOfDisks {
  create?: string;
  topology: unknown;
}

/** A site whose appliance was installed anew on another machine: other disks, confirmed by its owner, and another host key. */
export function rebuilt(site: SiteYaml, label: string): SiteYaml {
  const changed = structuredClone(site);
  const appliance = changed.appliances[label];
  if (appliance === undefined) throw new Error(`the site has no appliance ${label}`);
  appliance.ssh = { ...appliance.ssh, hostKey: hostKey("R") };
  for (const pool of Object.values(appliance.pools as unknown as Record<string, PoolOfDisks>)) {
    const serials: string[] = [];
    pool.topology = withDisks(pool.topology, (disk) => {
      serials.push(`NEW-${disk}`);
      return `NEW-${disk}`;
    });
    pool.create = fingerprint(serials);
  }
  return changed;
}

/** A made-up host key. */
export function hostKey(letter: string): string {
  return `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letter.repeat(43)}`;
}

function withDisks(value: unknown, renamed: (disk: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withDisks(one, renamed));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, held]) => [
    key,
    key === "disks" ? (held as string[]).map(renamed) : withDisks(held, renamed),
  ]);
  return Object.fromEntries(entries);
}
