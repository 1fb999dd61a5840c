import { expect, test } from "vitest";
import { preparationScript } from "../../../components/hosts/preparation-script.ts";
import { parseSite } from "../../../src/site/index.ts";
import { virtualMachinesOf } from "../../../src/site/virtual-machines.ts";
import { wholeSiteOf } from "../../support/site-yaml.ts";

/** A value as the engine hands it on: the keys of every map in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inside]) => [key, sorted(inside)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** What hangs on an order: network cards with their MAC addresses, and the devices in the script of a host. */
function read(value: unknown) {
  const site = parseSite(value);
  const machines = virtualMachinesOf(site).map(({ name, nics }) => [name, nics]);
  const scripts = Object.entries(site.hosts).flatMap(([name, { proxmox }]) =>
    proxmox ? [[name, preparationScript(name, proxmox)]] : [],
  );
  return { ...Object.fromEntries(machines), ...Object.fromEntries(scripts) } as Record<string, unknown>;
}

test.each(["dev", "prod"])(
  "%s means the same whether its keys stand as in the file or sorted by the engine",
  (stack) => {
    const site = wholeSiteOf(stack);

    expect(JSON.stringify(sorted(site))).not.toBe(JSON.stringify(site));
    expect(read(sorted(site))).toEqual(read(site));
  },
);
