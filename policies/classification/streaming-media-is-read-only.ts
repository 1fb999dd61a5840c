import { flagAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { NFS_SHARE } from "../tokens.ts";
import { MEDIA_SETTING, opensMedia } from "./streaming-media.ts";

/** A player that cannot write cannot move, rename or corrupt what it plays. */
export const streamingMediaIsReadOnly: Rule = {
  name: "streaming-media-is-read-only",
  description: "Streaming media must reach Jellyfin read-only.",
  source: "D1 §5",
  remedy: "set `readOnly: true` on the export",
  severity: "medium",
  weight: "always",
  configSchema: MEDIA_SETTING,
  judges: [NFS_SHARE],
  judge(share, _stack, settings) {
    if (!opensMedia(share, settings) || flagAt(share.props, "ro")) return [];
    return ["opens streaming media to compute and must be read-only"];
  },
};
