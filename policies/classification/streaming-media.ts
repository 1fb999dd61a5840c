import { coversResource } from "../../src/site/vocabulary.ts";
import type { Judged } from "../judged.ts";
import { textAt, textsAt } from "../reading.ts";
import type { Settings } from "../rule.ts";

/** The setting that says which data is streaming media: patterns of dataset paths and volume names. */
export const MEDIA_SETTING = {
  properties: { media: { type: "array", items: { type: "string" }, default: ["*/media", "*/media/*", "media"] } },
} as const;

/** Whether a share opens streaming media. */
export function opensMedia(share: Judged, settings: Settings): boolean {
  return isMedia((textAt(share.props, "path") ?? "").replace(/\/+$/, ""), settings);
}

/** Whether a path or volume name is streaming media. */
export function isMedia(name: string, settings: Settings): boolean {
  return textsAt(settings, "media").some((pattern) => coversResource(pattern, name));
}
