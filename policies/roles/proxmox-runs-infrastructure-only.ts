import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { CONTAINER, VIRTUAL_MACHINE } from "../tokens.ts";

/** DNS, observability and management must not share a hypervisor with what people use. */
export const proxmoxRunsInfrastructureOnly: Rule = {
  name: "proxmox-runs-infrastructure-only",
  description: "In a compute-centric site Proxmox must run infrastructure and control-plane machines only.",
  source: "D0 Deployment Clarification, ADR-0001",
  remedy: "run it as a Compose stack on user compute; tag what is infrastructure as such",
  severity: "medium",
  weight: "by-phase",
  model: "compute-centric",
  configSchema: {
    properties: { tags: { type: "array", items: { type: "string" }, default: ["infrastructure", "control-plane"] } },
  },
  judges: [VIRTUAL_MACHINE, CONTAINER],
  judge(machine, _stack, settings) {
    const allowed = textsAt(settings, "tags");
    if (textsAt(machine.props, "tags").some((tag) => allowed.includes(tag))) return [];
    return [`runs on Proxmox and must be tagged ${allowed.join(" or ")}, or run elsewhere`];
  },
};
