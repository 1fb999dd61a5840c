import { runs, volumesOf } from "../kubernetes/workloads.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { SHARES, WORKLOADS } from "../tokens.ts";
import { isMedia, MEDIA_SETTING, opensMedia } from "./streaming-media.ts";

/** Nextcloud indexes and moves what it sees; streaming media is managed by the file system alone. */
export const streamingMediaIsHiddenFromNextcloud: Rule = {
  name: "streaming-media-is-hidden-from-nextcloud",
  description: "Streaming media must not be exposed to Nextcloud.",
  source: "D1 §5",
  remedy: "share the media that people sync from a dataset of its own",
  severity: "medium",
  weight: "always",
  configSchema: MEDIA_SETTING,
  judges: [...SHARES, ...WORKLOADS],
  judge(resource, stack, settings) {
    if (SHARES.includes(resource.type)) {
      const comment = textAt(resource.props, "comment") ?? "";
      if (!opensMedia(resource, settings) || !/nextcloud/i.test(comment)) return [];
      return ["opens streaming media to Nextcloud and must not"];
    }
    if (!runs(resource, "nextcloud")) return [];
    const seen = volumesOf(resource, stack).filter(
      ({ name, source, claim }) =>
        isMedia(name, settings) ||
        isMedia(textAt(source, "nfs", "path") ?? "", settings) ||
        isMedia(claim?.name ?? "", settings),
    );
    return seen.map(({ name }) => `mounts the streaming media ${name} into Nextcloud and must not`);
  },
};
