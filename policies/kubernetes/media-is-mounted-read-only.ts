import { isMedia, MEDIA_SETTING } from "../classification/streaming-media.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { WORKLOADS } from "../tokens.ts";
import { volumesOf } from "./workloads.ts";

/** A player that only reads can be replaced, updated and trusted less. */
export const mediaIsMountedReadOnly: Rule = {
  name: "media-is-mounted-read-only",
  description: "Pods must mount media read-only.",
  source: "D3 Optimization Tips, D4 Application Layer",
  remedy: "set `readOnly: true` on the volume or on every mount of it",
  severity: "medium",
  weight: "always",
  configSchema: MEDIA_SETTING,
  judges: WORKLOADS,
  judge(workload, stack, settings) {
    const writable = volumesOf(workload, stack).filter(
      ({ name, source, claim, readOnly }) =>
        !readOnly &&
        [name, textAt(source, "nfs", "path") ?? "", claim?.name ?? ""].some((known) => isMedia(known, settings)),
    );
    return writable.map(({ name }) => `mounts ${name} for writing and must mount media read-only`);
  },
};
