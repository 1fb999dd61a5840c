import { isOf } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { at, textAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { disposableVolumesOf, volumesOf } from "./workloads.ts";

/** The volumes of a workload with data of value that have a source, but for those that it calls disposable. */
export function valuableVolumes(workload: Judged, stack: Stack, source: "hostPath" | "emptyDir"): string[] {
  if (!isOf(workload, "authoritative") && !isOf(workload, "runtime")) return [];
  const disposable = disposableVolumesOf(workload);
  return volumesOf(workload, stack)
    .filter((volume) => at(volume.source, source) !== undefined && !disposable.includes(volume.name))
    .filter((volume) => textAt(volume.source, source, "medium") !== "Memory")
    .map(({ name }) => name);
}
