import ipaddr from "ipaddr.js";
import { ValidationErrors } from "../middleware/errors.ts";
import { defaulted, str } from "../middleware/kinds.ts";
import type { Context, Methods } from "../middleware/method.ts";
import type { ObjectOf } from "../middleware/models.ts";
import { isAddress } from "../networks.ts";
import { rowMethods } from "./rows.ts";

const shape = {
  destination: str({ min: 1 }),
  gateway: str({ min: 1 }),
  description: defaulted(str(), ""),
};

type Route = ObjectOf<typeof shape>;

const exploded = (text: string) => {
  if (!text.includes(":")) return text;
  return ipaddr
    .parse(text)
    .toNormalizedString()
    .split(":")
    .map((group) => group.padStart(4, "0"))
    .join(":");
};
const width = (text: string) => (text.includes(":") ? 128 : 32);

function checked(_context: Context, prefix: string, route: Route): Route {
  const [host = "", bits = String(width(host))] = route.destination.split("/");
  const isDestination = isAddress(host) && /^\d+$/.test(bits) && Number(bits) <= width(host);
  // The middleware stumbles over its own words here: what it could not read it goes on to compare.
  if (!isDestination || !isAddress(route.gateway)) throw new Error("'str' object has no attribute 'version'");
  const errors = new ValidationErrors();
  if (width(host) !== width(route.gateway))
    errors.add(`${prefix}.destination`, "Destination and gateway address families must match");
  errors.check();
  return { ...route, destination: `${exploded(host)}/${bits}`, gateway: exploded(route.gateway) };
}

/** `staticroute.*`: routes that do not follow from the interfaces. */
export const staticRouteMethods: Methods = rowMethods({
  namespace: "staticroute",
  noun: "StaticRoute",
  shape,
  prefixes: ["staticroute_create", "staticroute_update"],
  checked,
});
