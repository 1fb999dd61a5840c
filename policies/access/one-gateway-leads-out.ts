import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Rule, Settings } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { NETWORK_CONFIG, STATIC_ROUTE } from "../tokens.ts";
import { networksSetting, outside, rangesOf } from "./networks.ts";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

const JUDGED: Readonly<Record<string, (resource: Judged, stack: Stack, settings: Settings) => readonly string[]>> = {
  [NETWORK_CONFIG]: ({ props }, { site }, settings) => {
    const ranges = rangesOf(settings, site);
    const gateways = [textAt(props, "ipv4gateway") ?? [], textAt(props, "ipv6gateway") ?? []].flat();
    const strays = ranges.length === 0 ? [] : outside(gateways, ranges);
    return strays.map((gateway) => `leads out by ${gateway} and must lead out by ${ranges.join(", ")} only`);
  },
  [STATIC_ROUTE]: ({ props }) =>
    EVERYWHERE.includes(textAt(props, "destination") ?? "")
      ? [`is a second way out, by ${textAt(props, "gateway")}, and there must be one only`]
      : [],
};

/** With two ways out answers leave by another than questions came, and storage traffic meets a router. */
export const oneGatewayLeadsOut: Rule = {
  name: "one-gateway-leads-out",
  description: "An appliance must have one default gateway, in the network where people are.",
  source: "D4 Network Layer, ADR-0038",
  remedy: "set the gateway of the network where people are, and route to single networks only",
  severity: "medium",
  weight: "always",
  configSchema: networksSetting(["lan"]),
  judges: Object.keys(JUDGED),
  judge: (resource, stack, settings) => JUDGED[resource.type]?.(resource, stack, settings) ?? [],
};
