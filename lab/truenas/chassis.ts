import { createHash } from "node:crypto";
import { installAccounts } from "./accounts.ts";
import { installAlertServices } from "./methods/alertservice/index.ts";
import { installNics, type NicSpec } from "./network/install-nics.ts";
import type { ApplianceState } from "./state/appliance-state.ts";
import { installServices } from "./state/services.ts";
import { dialectOf } from "./versions.ts";

/** A disk of the appliance. */
export interface DiskSpec {
  readonly serial: string;
  /** Bytes. */
  readonly size: number;
  /** @default "HDD" */
  readonly type?: "HDD" | "SSD";
  /** @default "Simulated disk" */
  readonly model?: string;
}

/** What an appliance is. */
export interface ApplianceSpec {
  /** Host name. */
  readonly name: string;
  /** Release; its first two numbers choose the dialect. @default "25.10.6" */
  readonly version?: string;
  readonly disks?: readonly DiskSpec[];
  /** Addresses that the appliance answers on for its consumers. */
  readonly addresses?: readonly string[];
  /** Network cards. @default one for each network of `addresses`, and two that are not configured */
  readonly nics?: readonly NicSpec[];
  /** Names that the appliance's resolver knows, with their addresses; all others do not resolve. */
  readonly hostnames?: Readonly<Record<string, string>>;
  /**
   * `ssh-ed25519 AAAA…`: the host key that other appliances see, as a site pins it. Whoever logs in to the simulated
   * appliance itself meets the key of its endpoint. @default the key of the endpoint
   */
  readonly hostKey?: string;
  /** Logins besides root and truenas_admin; they reach the middleware through `sudo -n midclt` only. */
  readonly users?: readonly string[];
}

/** The release of an appliance that names none. */
export const DEFAULT_VERSION = "25.10.6";

/** sda … sdz, then sdaa and so on. */
function kernelName(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? `sd${letter}` : `${kernelName(Math.floor(index / 26) - 1)}${letter}`;
}

function identify(state: ApplianceState, name: string): void {
  const digest = createHash("sha256").update(name).digest("hex");
  state.facts.put("hostname", name);
  state.facts.put("hostid", digest);
  state.facts.put("bootid", digest.slice(0, 32));
}

function addDisk(state: ApplianceState, { serial, size, type = "HDD", model = "Simulated disk" }: DiskSpec): void {
  if (!state.disks.has(serial))
    state.disks.put(serial, { serial, name: kernelName(state.disks.size), size, type, model });
}

/** Puts new disks in, keeps the known ones, and gives a new appliance its identity. */
export function furnish(state: ApplianceState, spec: ApplianceSpec, bootedAt: number): void {
  if (state.facts.get("hostname") !== spec.name) identify(state, spec.name);
  if (!state.facts.has("bootedAt")) state.facts.put("bootedAt", bootedAt);
  for (const disk of spec.disks ?? []) addDisk(state, disk);
  installNics(state, spec.addresses ?? [], spec.nics);
  installAccounts(state);
  installAlertServices(state);
  installServices(state, dialectOf(spec.version ?? DEFAULT_VERSION));
  state.commit();
}
