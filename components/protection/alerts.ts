import * as pulumi from "@pulumi/pulumi";
import type { Alerts as AlertSpec, Site } from "../../src/site/index.ts";
import { AlertPolicy, SystemAdvanced } from "../../truenas/index.ts";
import { type Planned, plan } from "../storage/planned.ts";
import type { TrueNas } from "../storage/true-nas.ts";
import { alertClasses } from "./alert-classes.ts";
import { type AlertSecrets, servicePlan } from "./alert-services.ts";
import { smartPlan } from "./smart-tests.ts";

/** What somebody is told of an appliance, and how. */
export interface AlertsArgs extends AlertSecrets {
  readonly alerts: AlertSpec;
  readonly smartTests: Site["monitoring"]["smartTests"];
}

/** How somebody is told of what goes wrong on an appliance: by whom, of what, when, and where its log goes. */
export class Alerts extends pulumi.ComponentResource {
  constructor(nas: TrueNas, { alerts, smartTests, ...secrets }: AlertsArgs) {
    super("homelab:protection:Alerts", nas.label, {}, { parent: nas });
    const told = [...servicePlan(nas.label, alerts, secrets), ...classPlan(alerts, nas.appliance.version)];

    for (const planned of [...told, ...logPlan(alerts), ...smartPlan(nas.appliance, smartTests)]) {
      nas.place(planned, { parent: this });
    }
    this.registerOutputs({});
  }
}

function classPlan(alerts: AlertSpec, version: string): Planned[] {
  const { mail, slack } = alerts;
  if (mail === undefined && slack === undefined) return [];
  return [plan(AlertPolicy, "classes", { classes: alertClasses(alerts, version) })];
}

function logPlan({ syslog }: AlertSpec): Planned[] {
  if (syslog === undefined) return [];
  const { server, port, transport, level } = syslog;
  const syslogservers = [{ host: `${server}:${port}`, transport }];

  return [plan(SystemAdvanced, "syslog", { syslogservers, sysloglevel: `F_${level}` })];
}
