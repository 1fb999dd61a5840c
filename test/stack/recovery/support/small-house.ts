import { X509Certificate } from "node:crypto";
import { CERTIFICATE } from "../../../support/recovery-key.ts";
import { type SiteYaml, siteOf } from "../../../support/site-yaml.ts";

/** What a house keeps that must not be lost. */
const KEPT = ["photos", "documents", "configuration"];

/** The dev site with the data that must not be lost alone: on `nas`, copied to `vault` every day and out of the house. */
export function smallHouse(): SiteYaml {
  const { restoreTests, monitoring, ...site } = siteOf("dev");
  const { nas, vault } = site.appliances;
  const only = <T>(all: Record<string, T> | undefined, wanted: (name: string) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => wanted(name)));
  site.replications = only(site.replications, (name) => KEPT.includes(name));
  site.offsites = only(site.offsites, (name) => KEPT.includes(name));
  site.configurationCopies = {
    certificate: CERTIFICATE,
    confirmed: new X509Certificate(CERTIFICATE).fingerprint256.replaceAll(":", "").slice(0, 12).toLowerCase(),
    appliances: only(site.configurationCopies?.appliances, (name) => name === "nas"),
  };
  const [tank, cold] = [nas?.pools["tank"], vault?.pools["cold"]];
  if (tank) tank.datasets = only(tank.datasets, (name) => KEPT.includes(name));
  if (cold)
    cold.datasets = only(cold.datasets, (name) =>
      ["copies", "replication", ...KEPT.map((kept) => `copies/${kept}`)].includes(name),
    );
  delete nas?.pools["flash"];
  if (nas) {
    nas.services = ["nfs", "cifs"];
    delete nas.listens?.["iscsi"];
    delete nas.receives;
  }
  return site;
}
