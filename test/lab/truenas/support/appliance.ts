import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  type ApplianceOptions,
  type ApplianceSpec,
  type DiskSpec,
  SimulatedTrueNas,
} from "../../../../lab/truenas/index.ts";

/** Eight disks of 1 TB, `S0` to `S7`, which the appliance calls sda to sdh. */
export const EIGHT_DISKS: readonly DiskSpec[] = Array.from({ length: 8 }, (_unused, index) => ({
  serial: `S${index}`,
  size: 1_000_000_000_000,
}));

/** A directory that is gone after the test. */
export async function temporaryDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "truenas-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Starts an appliance with a pool `tank` of three disks in RAIDZ1, about 2 TB. */
export async function startWithPool(spec: Partial<ApplianceSpec>, dir: string): Promise<SimulatedTrueNas> {
  const nas = await SimulatedTrueNas.start({ name: "nas", disks: EIGHT_DISKS, ...spec }, { dir });
  await nas.call("pool.create", {
    name: "tank",
    topology: { data: [{ type: "RAIDZ1", disks: ["sda", "sdb", "sdc"] }] },
  });
  return nas;
}

/** An appliance that is stopped after the test; with the pool `tank` unless it is to be `bare`. */
export async function anAppliance(
  spec: Partial<ApplianceSpec> = {},
  options: Partial<ApplianceOptions> & { readonly bare?: boolean } = {},
): Promise<SimulatedTrueNas> {
  const { bare = false, dir = await temporaryDirectory(), ...rest } = options;
  const nas = await SimulatedTrueNas.start({ name: "nas", disks: EIGHT_DISKS, ...spec }, { dir, ...rest });
  onTestFinished(() => nas.stop());
  if (!bare)
    await nas.call("pool.create", {
      name: "tank",
      topology: { data: [{ type: "RAIDZ1", disks: ["sda", "sdb", "sdc"] }] },
    });
  return nas;
}

/** What a call is refused with, as `core.bulk` spells it; fails when it is not refused. */
export async function refusal(nas: SimulatedTrueNas, method: string, ...params: unknown[]): Promise<string> {
  const [item] = (await nas.call("core.bulk", method, [params])) as [{ error: string | null }];
  if (item.error === null) throw new Error(`${method} was accepted`);
  return item.error;
}
