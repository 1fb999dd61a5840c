// The stack, as a table of contents.
import "./stack-traces.ts";
import * as pulumi from "@pulumi/pulumi";
import { Alerts } from "../components/protection/alerts.ts";
import { RestoreTest } from "../components/protection/restore-test.ts";
import { Site } from "../components/site.ts";
import { TrueNas } from "../components/storage/true-nas.ts";
import { kubernetesClusters } from "./clusters.ts";
import { readConfig } from "./config.ts";
import { evidenceOf } from "./evidence.ts";
import { hostBackups } from "./host-backups.ts";
import { sshKeyOf } from "./host-secrets.ts";
import { proxmoxHosts } from "./hypervisors.ts";
import { infrastructureVms, storageVm } from "./machines.ts";
import { appliancePresence } from "./presence.ts";
import { capacityTable, externalCopiesOf } from "./site/index.ts";
import { siteRecord } from "./site-record.ts";

const config = readConfig();
const { site } = config;
const { networks, snapshotTiers, monitoring } = site;

new Site(site.name, siteRecord(site));

const hosts = proxmoxHosts(config);

const appliances = Object.entries(site.appliances).map(([appliance, spec]) => {
  const machine = storageVm(appliance, site, hosts);
  return new TrueNas(appliance, {
    appliance: spec,
    host: appliancePresence(site, appliance),
    machine,
    networks,
    snapshotTiers,
    thresholds: site.alerts.thresholds,
    externalCopies: externalCopiesOf(site, appliance),
    monitors: monitoring.monitors,
    privateKey: config.secretIfSet(sshKeyOf(appliance)),
    secretName: config.keyOf(sshKeyOf(appliance)),
  });
});

for (const nas of appliances) {
  new Alerts(nas, { alerts: site.alerts, smartTests: site.monitoring.smartTests });
}

infrastructureVms(site, hosts);
kubernetesClusters(config, { hosts, after: appliances.flatMap(({ serving }) => serving) });
hostBackups(config, hosts, appliances);

for (const [test, spec] of Object.entries(site.restoreTests)) {
  new RestoreTest(test, { spec, evidence: evidenceOf(pulumi.getStack(), test, config.evidence) });
}

/** What every pool can hold, beside what its quotas promise. */
export const capacity = capacityTable(site);

/** Secrets that the site needs and that nobody has set yet. */
export const missingSecrets = config.missingSecrets;
