import ipaddr from "ipaddr.js";
import { type Comparison, INHERIT, isRecord, type Properties, type Property } from "./property.ts";

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const COMPARISONS: Readonly<Record<Comparison, (value: unknown) => unknown>> = {
  exact: (value) => value,
  set: (value) => (Array.isArray(value) ? sorted(value) : value),
  network,
  networks: (value) => (Array.isArray(value) ? sorted(value.map(network)) : value),
  cron: cronField,
  clock: (value) => (typeof value === "string" ? value.replace(/^(\d):/, "0$1:") : value),
  size: sizeInBytes,
  case: (value) => (typeof value === "string" ? value.toLowerCase() : value),
  trimmed: (value) => (typeof value === "string" ? value.replace(/\/+$/, "") : value),
  lines: (value) => (typeof value === "string" ? value.trim() : value),
  url,
  instant: (value) => (typeof value === "string" && !Number.isNaN(Date.parse(value)) ? wholeSeconds(value) : value),
  folder: (value) => (typeof value === "string" ? value.replace(/^\/+|\/+$/g, "") : value),
};

/** True when both values mean the same to TrueNAS, whatever their spelling. */
export function sameValue(property: Property, a: unknown, b: unknown): boolean {
  return JSON.stringify(canonical(property, a)) === JSON.stringify(canonical(property, b));
}

/** The one spelling of a value that TrueNAS and the program are compared in. */
export function canonical(property: Property, value: unknown): unknown {
  if (value === undefined || value === null || value === INHERIT) return value ?? null;
  if (property.kind === "object" && isRecord(value)) return canonicalObject(property.fields, value);
  if (property.kind === "list" && Array.isArray(value)) {
    return COMPARISONS[property.compare ?? "exact"](value.map((item) => canonical(property.items, item)));
  }
  if (property.kind === "map" && isRecord(value)) {
    return Object.keys(value)
      .sort()
      .map((key) => [key, canonical(property.values, value[key])]);
  }

  return COMPARISONS[property.compare ?? "exact"](value);
}

/** An object with every member that has a default filled in. */
function canonicalObject(fields: Properties, value: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(fields).map(([name, field]) => [name, canonical(field, value[name] ?? field.default)]);
}

function sorted(values: readonly unknown[]): unknown[] {
  return [...values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** TrueNAS zeroes the host bits and gives a bare address its full mask. */
export function network(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const text = value.includes("/") ? value : `${value}/${ipaddr.parse(value).kind() === "ipv4" ? 32 : 128}`;
    const [address, bits] = ipaddr.parseCIDR(text);
    const first =
      address.kind() === "ipv4" ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
    return `${first.toString()}/${bits}`;
  } catch {
    return value;
  }
}

/** Cron fields come back as they were written, so `00` and `0`, `sun` and `7` are the same here. */
function cronField(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value
    .trim()
    .toLowerCase()
    .replace(/[a-z]{3,}/g, nameToNumber)
    .replace(/\d+/g, (digits) => String(Number(digits)));

  return text === "*/1" ? "*" : text.split(",").sort().join(",");
}

function nameToNumber(name: string): string {
  const day = DAYS.indexOf(name);
  const month = MONTHS.indexOf(name);
  if (day >= 0) return String(day === 0 ? 7 : day);

  return month >= 0 ? String(month + 1) : name;
}

/** ZFS block sizes: `128K`, `131072` and `0.125M` are one size. */
function sizeInBytes(value: unknown): unknown {
  if (typeof value === "number") return value;
  const match = typeof value === "string" ? /^([\d.]+)\s*([KMGT]?)(?:i?B)?$/i.exec(value.trim()) : null;
  if (!match) return value;

  return Number(match[1]) * (UNITS[(match[2] ?? "").toUpperCase()] ?? 1);
}

/** TrueNAS adds the slash of an empty path. */
function url(value: unknown): unknown {
  try {
    return typeof value === "string" ? new URL(value).href : value;
  } catch {
    return value;
  }
}

function wholeSeconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
