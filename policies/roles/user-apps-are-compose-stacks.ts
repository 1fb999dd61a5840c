import { declared } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { APP, WORKLOADS } from "../tokens.ts";

/** The catalog ties the life of an application to that of the appliance. */
export const userAppsAreComposeStacks: Rule = {
  name: "user-apps-are-compose-stacks",
  description: "In a compute-centric site applications of people must be Compose stacks, not TrueNAS Apps or pods.",
  source: "D0 Deployment Clarification, ADR-0001",
  remedy: "deploy it as a Compose stack under Portainer",
  severity: "medium",
  weight: "by-phase",
  model: "compute-centric",
  judges: [APP, ...WORKLOADS],
  judge(app) {
    if (app.type === APP) return ["is a TrueNAS App and must be a Compose stack"];
    if (declared(app, "owner") !== "user-compute") return [];
    return ["is an application of user compute in Kubernetes and must be a Compose stack"];
  },
};
