import { parseSite, type Site } from "../../src/site/index.ts";
import { withChanges } from "./invalid-sites.ts";

const ASKED = /homelab:site\.(hosts\.[\w-]+\.proxmox\.bridges\.\w+\.confirmed): .*write confirmed: "(\w+)"/g;

/** A site whose bridges are confirmed as they are written: what its owner does after a look at them. */
export function confirmedYaml(site: unknown): unknown {
  try {
    parseSite(site);
    return site;
  } catch (error) {
    const asked = [...String(error).matchAll(ASKED)];
    return withChanges(site, Object.fromEntries(asked.map(([, path, fingerprint]) => [path, fingerprint])));
  }
}

/** The same, read and checked. */
export function confirmedSite(site: unknown): Site {
  return parseSite(confirmedYaml(site));
}
