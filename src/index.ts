// The stack, as a table of contents.
import { Site } from "../components/site.ts";
import { TrueNas } from "../components/storage/true-nas.ts";
import { readConfig } from "./config.ts";
import { capacityTable } from "./site/index.ts";

const { site, privateKeyOf, secretNameOf } = readConfig();
const { name, ownership, waivers, networks, snapshotTiers } = site;

new Site(name, { name, ownershipModel: ownership.model, phase: ownership.phase, waivers });

for (const [appliance, spec] of Object.entries(site.appliances)) {
  new TrueNas(appliance, {
    appliance: spec,
    host: { name: spec.host, state: "offline", ...site.hosts[spec.host] },
    networks,
    snapshotTiers,
    privateKey: privateKeyOf(appliance),
    secretName: secretNameOf(appliance),
  });
}

/** What every pool can hold, beside what its quotas promise. */
export const capacity = capacityTable(site);
