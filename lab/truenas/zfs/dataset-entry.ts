import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow } from "../state/rows.ts";
import type { Dialect } from "../versions.ts";
import { mountpoint, poolOf } from "./dataset-tree.ts";
import { type Effective, effective, userProperties } from "./properties.ts";
import { PROPERTIES, type Rendering, SHORT_NAMES } from "./property-table.ts";
import { blockSizeText, humanSize } from "./sizes.ts";
import { available, usage } from "./space.ts";

/** A property as replies show it. */
export interface PropertyEntry {
  readonly parsed: unknown;
  readonly rawvalue: string;
  readonly value: string | null;
  readonly source: string;
  readonly source_info: string | null;
}

type Renderer = (raw: string) => { readonly parsed: unknown; readonly value: string | null };

const flags: Readonly<Record<string, boolean>> = { on: true, off: false };

const renderers: Readonly<Record<Rendering, Renderer>> = {
  flag: (raw) => ({ parsed: flags[raw] ?? null, value: raw.toUpperCase() }),
  limit: (raw) =>
    raw === "0" ? { parsed: null, value: null } : { parsed: Number(raw), value: humanSize(Number(raw)) },
  size: (raw) => ({ parsed: Number(raw), value: humanSize(Number(raw)) }),
  block: (raw) => ({ parsed: Number(raw), value: blockSizeText(Number(raw)) }),
  count: (raw) => ({ parsed: Number(raw), value: raw }),
  word: (raw) => ({ parsed: raw, value: raw.toUpperCase() }),
  text: (raw) => ({ parsed: raw, value: raw }),
};

function entry(rendering: Rendering, { raw, source, from }: Effective): PropertyEntry {
  const { parsed, value } = renderers[rendering](raw);
  return { parsed, rawvalue: raw, value, source, source_info: from };
}

const computed = (rendering: Rendering, raw: number | string) =>
  entry(rendering, { raw: String(raw), source: "NONE", from: null });

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function creation(at: number): PropertyEntry {
  const date = new Date(at);
  const two = (value: number, fill: string) => String(value).padStart(2, fill);
  const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate(), "0")}`;
  const text = `${day} ${two(date.getUTCHours(), " ")}:${two(date.getUTCMinutes(), "0")} ${date.getUTCFullYear()}`;
  const seconds = Math.floor(at / 1000);
  return {
    parsed: { $date: seconds * 1000 },
    rawvalue: String(seconds),
    value: text,
    source: "NONE",
    source_info: null,
  };
}

function spaceProperties(state: ApplianceState, row: DatasetRow): Record<string, PropertyEntry> {
  const used = usage(state, row);
  return {
    available: computed("size", available(state, row)),
    used: computed("size", used.total),
    usedbychildren: computed("size", used.children),
    usedbydataset: computed("size", used.dataset),
    usedbyrefreservation: computed("size", used.refreservation),
    usedbysnapshots: computed("size", used.snapshots),
  };
}

const unencrypted: Readonly<Record<string, PropertyEntry>> = {
  compressratio: { parsed: "1.00", rawvalue: "1.00", value: "1.00x", source: "NONE", source_info: null },
  encryption_algorithm: { parsed: "off", rawvalue: "off", value: null, source: "DEFAULT", source_info: null },
  key_format: { parsed: "none", rawvalue: "none", value: null, source: "DEFAULT", source_info: null },
  pbkdf2iters: { parsed: "0", rawvalue: "0", value: "0", source: "DEFAULT", source_info: null },
};

const shortNameOf = new Map(Object.entries(SHORT_NAMES).map(([short, key]) => [key, short]));

// 25.10 reports every user property as local; older releases tell the source and keep their own keys at the top.
function userEntries(state: ApplianceState, row: DatasetRow, dialect: Dialect): Record<string, unknown> {
  const top: Record<string, PropertyEntry> = {};
  const custom: Record<string, PropertyEntry> = {};
  for (const [key, found] of userProperties(state, row)) {
    const shown = dialect === "25.10" ? { ...found, source: "LOCAL" as const, from: null } : found;
    const short = shortNameOf.get(key);
    const target = dialect === "25.04" && short !== undefined ? top : custom;
    target[short ?? key] = entry("text", shown);
  }
  return { ...top, user_properties: custom };
}

/** What a reader of datasets may leave out. */
export interface EntryOptions {
  readonly dialect: Dialect;
  /** API names of the properties to fetch; null for all. */
  readonly properties: readonly string[] | null;
  readonly userProperties: boolean;
}

/** A dataset without its children. */
export function datasetEntry(state: ApplianceState, row: DatasetRow, options: EntryOptions): Record<string, unknown> {
  const wanted = options.properties === null ? undefined : new Set(options.properties);
  const all: Record<string, unknown> = {};
  if (wanted === undefined || wanted.size > 0) {
    Object.assign(all, spaceProperties(state, row), unencrypted, {
      creation: creation(row.createdAt),
      origin: computed("text", row.origin ?? ""),
    });
    for (const spec of PROPERTIES)
      if (spec.on === "both" || spec.on === row.type)
        all[spec.api] = entry(spec.rendering, effective(state, row, spec));
  }
  const chosen =
    wanted === undefined ? all : Object.fromEntries(Object.entries(all).filter(([key]) => wanted.has(key)));
  return {
    id: row.id,
    type: row.type,
    name: row.id,
    pool: poolOf(row.id),
    encrypted: false,
    encryption_root: null,
    key_loaded: false,
    mountpoint: row.type === "VOLUME" ? null : mountpoint(row.id),
    ...chosen,
    ...(options.userProperties ? userEntries(state, row, options.dialect) : {}),
    locked: false,
  };
}
