import { adopt } from "./adopt.ts";
import { network } from "./canonical.ts";
import type { Properties, Values } from "./property.ts";
import { defineType, type Problem } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const properties = {
  destination: {
    kind: "string",
    doc: "Network in CIDR notation that the route leads to. A change makes a new route.",
    required: true,
    replaces: true,
    rule: "destination",
    compare: "network",
  },
  gateway: {
    kind: "string",
    doc: "Address of the router. A change makes a new route.",
    required: true,
    replaces: true,
    rule: "address",
    compare: "network",
  },
  description: { kind: "string", doc: "Free text.", default: "", maxLength: 120 },
  adopt: adopt("a route of this destination and gateway"),
} as const satisfies Properties;

const BETWEEN = " via ";

/** A route that does not follow from the interfaces. */
export const staticRoute = defineType({
  name: "StaticRoute",
  doc: "A route to a network by way of a router.",
  properties,
  ...rowObject("staticroute", properties),
  idOf: keyOf,
  idForm: "destination via gateway",
  idOfRow: keyOf,
  sameId: (a, b) => normal(a) === normal(b),
  check,
});

function keyOf(values: Values): string {
  return `${values["destination"]}${BETWEEN}${values["gateway"]}`;
}

/** TrueNAS writes addresses of version 6 out in full. */
function normal(id: string): string {
  return id.split(BETWEEN).map(network).join(BETWEEN);
}

function check(inputs: Values): readonly Problem[] {
  const { destination, gateway } = inputs;
  if (typeof destination !== "string" || typeof gateway !== "string") return [];
  const [a, b] = [destination, gateway].map((text) => /^[0-9.]+(\/\d+)?$/.test(text));
  const known = [destination, gateway].every((text) => network(text) !== text || text.includes("/"));
  if (a === b || !known) return [];

  return [
    {
      property: "gateway",
      reason: `gateway ${gateway} and destination ${destination} are of different IP versions; use one version for both`,
    },
  ];
}
