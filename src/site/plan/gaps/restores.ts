import { isBlocks } from "../volumes.ts";
import type { Finder } from "./finding.ts";

/** A copy that nobody has ever restored is a hope; of blocks, only what uses them can tell whether they are whole. */
export const restoreTestMissing: Finder = ({ volume, copies, site }) => {
  const { appliance, path } = volume;
  const restorable = copies.filter(
    ({ tier, waits }) => tier !== "snapshot" && tier !== "external" && waits === undefined,
  );
  if (volume.spec.class !== "authoritative" || isBlocks(volume) || restorable.length === 0) return [];
  const tested = Object.values(site.restoreTests).some(
    ({ source, tier }) => tier !== "snapshot" && source.appliance === appliance && source.dataset === path,
  );
  if (tested) return [];
  const names = new Set(restorable.map(({ tier, by }) => `${tier} ${by}`));
  return [
    {
      code: "restore-test-missing",
      obligation: false,
      rules: [],
      message: `has copies (${[...names].join(", ")}) that no restore test restores from`,
      remedy: "declare a restore test of it",
    },
  ];
};
