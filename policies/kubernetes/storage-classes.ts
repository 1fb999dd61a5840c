import { dataAt } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { STORED_DATA } from "../tokens.ts";

const PARENT = "homelab/parent";

/**
 * The dataset below which a StorageClass makes its volumes: named `appliance/pool/dataset` by its annotation
 * `homelab/parent`, or the export that csi-driver-nfs is told.
 */
export function parentOf(storageClass: Judged, stack: Stack): Judged | undefined {
  const named = textAt(storageClass.props, "metadata", "annotations", PARENT);
  if (named) return stack.of(...STORED_DATA).find(({ name }) => name === named);
  const share = textAt(storageClass.props, "parameters", "share")?.replace(/^\/mnt\//, "");
  if (!share) return undefined;
  const homes = new Set(stack.of(...STORED_DATA).map(({ home }) => home));
  return [...homes].map((home) => dataAt(share, home, stack)).find((data) => data !== undefined);
}

/** What becomes of a volume when its claim goes; Kubernetes deletes where nothing is said. */
export function reclaimPolicyOf(storageClass: Judged): string {
  return textAt(storageClass.props, "reclaimPolicy") ?? "Delete";
}
