// The stack, as a table of contents.
import "./stack-traces.ts";
import * as pulumi from "@pulumi/pulumi";
import { Alerts } from "../components/protection/alerts.ts";
import { copyConfiguration } from "../components/protection/configuration-copies.ts";
import { Offsite } from "../components/protection/offsite.ts";
import { replicate } from "../components/protection/replicate.ts";
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
import { applicationKeyOf, MAIL_PASSWORD, SLACK_URL } from "./secrets.ts";
import { capacityTable, externalCopiesOf } from "./site/index.ts";
import { siteRecord } from "./site-record.ts";

const config = readConfig();
const { site } = config;
const { networks, snapshotTiers, monitoring } = site;

new Site(site.name, siteRecord(site));

const hosts = proxmoxHosts(config);

const appliances = new Map<string, TrueNas>();
for (const [appliance, spec] of Object.entries(site.appliances)) {
  const machine = storageVm(appliance, site, hosts);
  const nas = new TrueNas(appliance, {
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
  appliances.set(appliance, nas);
}

// What protects, in the order in which it matters: out of the house first, then onto the other host.
for (const [name, spec] of Object.entries(site.offsites)) {
  const nas = appliances.get(spec.source.appliance);
  const cloud = site.clouds[spec.cloud];
  if (nas === undefined || cloud === undefined || spec.method === "client") continue;
  const { id, key } = applicationKeyOf(name);
  new Offsite(nas, name, { spec, cloud, keyId: config.secretIfNeeded(id), key: config.secretIfNeeded(key) });
}
replicate(site, appliances);

for (const nas of appliances.values()) {
  copyConfiguration(nas, site.configurationCopies);
  new Alerts(nas, {
    alerts: site.alerts,
    smartTests: site.monitoring.smartTests,
    mailPassword: config.secretIfNeeded(MAIL_PASSWORD),
    slackUrl: config.secretIfNeeded(SLACK_URL),
  });
}

infrastructureVms(site, hosts);
kubernetesClusters(config, { hosts, after: [...appliances.values()].flatMap(({ serving }) => serving) });
hostBackups(config, hosts, [...appliances.values()]);

for (const [test, spec] of Object.entries(site.restoreTests)) {
  new RestoreTest(test, { spec, evidence: evidenceOf(pulumi.getStack(), test, config.evidence) });
}

/** What every pool can hold, beside what its quotas promise. */
export const capacity = capacityTable(site);

/** Secrets that the site needs and that nobody has set yet. */
export const missingSecrets = config.missingSecrets;
