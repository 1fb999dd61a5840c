import type { Site } from "../../site.ts";
import { PROTECTION } from "../../vocabulary.ts";
import { isWithin } from "../../walk.ts";
import type { Passage } from "../copies.ts";
import { isCopy, type Volume } from "../volumes.ts";
import type { Finder } from "./finding.ts";

/** What a recursive task or carrier leaves out although its class asks for what it does. */
export const excludedChild: Finder = ({ volume, excludedBy, passages, snapshots }) => {
  const { class: dataClass } = volume.spec;
  const asks = PROTECTION[dataClass];
  const snapshotless = asks.snapshots && snapshots.length === 0 ? excludedBy : [];
  const left = asks.copy === "none" ? [] : by("excludes", passages);
  return [
    ...snapshotless.map((task) => ({
      code: "excluded-child" as const,
      obligation: true,
      rules: [`${dataClass}-data-has-snapshots`],
      message: `is left out of the snapshots of ${task}`,
      remedy: "take it out of that task's exclude, or give it a tier of its own",
    })),
    ...left.map(({ carrier }) => ({
      code: "excluded-child" as const,
      obligation: false,
      rules: [],
      message: `is left out of ${carrier.name}, which copies ${carrier.source.dataset}`,
      remedy: `take it out of the exclude of ${carrier.name}, or copy it by itself`,
    })),
  ];
};

/** Files are all that a file-level copy sees: a zvol below its path is skipped in silence. */
export const zvolUnderFileBackup: Finder = ({ passages }) =>
  by("misses-blocks", passages).map(({ carrier }) => ({
    code: "zvol-under-file-backup",
    obligation: false,
    rules: ["volumes-are-not-left-to-file-copies"],
    message: `holds blocks, which ${carrier.name} (${carrier.method}) of ${carrier.source.dataset} cannot see`,
    remedy: "replicate it by ZFS, or have what uses it write its backup to a dataset",
  }));

/** Volumes that a driver makes are datasets of their own; only what is recursive reaches them. */
export const madeVolumesLeftOut: Finder = ({ missedBy, passages }) => [
  ...missedBy.map((task) => ({
    code: "made-volumes-left-out" as const,
    obligation: false,
    rules: ["tasks-reach-made-volumes"],
    message: `keeps its data in volumes made below, which the snapshots of ${task} leave out`,
    remedy: "say recursive: true on that snapshot task",
  })),
  ...by("misses-made", passages).map(({ carrier }) => ({
    code: "made-volumes-left-out" as const,
    obligation: false,
    rules: ["tasks-reach-made-volumes"],
    message: `keeps its data in volumes made below, which ${carrier.name} leaves out`,
    remedy: `say recursive: true on ${carrier.name}`,
  })),
];

/** A container holds nothing itself, so to copy it alone, or without what lies below, copies nothing. */
export const nothingCarried: Finder = ({ volume, passages, site }) => {
  if (volume.spec.class !== "container" || isCopy(volume)) return [];
  return passages
    .filter(({ carrier }) => carrier.source.dataset === volume.path && isEmpty(carrier, childrenOf(volume, site)))
    .map(({ carrier }) => ({
      code: "nothing-carried",
      obligation: false,
      rules: ["copies-carry-something"],
      message: `only groups what lies below, which ${carrier.name} leaves out, so that nothing is copied`,
      remedy: `say recursive: true on ${carrier.name}, exclude less, or copy the datasets below one by one`,
    }));
};

/** A history that stays on its pool is lost with it, even where a mirror of the newest state is kept elsewhere. */
export const snapshotsNotReplicated: Finder = ({ volume, snapshots, copies }) => {
  const { class: dataClass } = volume.spec;
  const own = snapshots.filter(({ task }) => task === volume.path);
  if (PROTECTION[dataClass].copy === "none" || own.length === 0) return [];
  if (copies.some(({ tier }) => tier === "replication" || tier === "offsite")) return [];
  return [
    {
      code: "snapshots-not-replicated",
      obligation: false,
      rules: [],
      message: `keeps its ${own.map(({ tier }) => tier).join(" and ")} snapshots on its own pool only`,
      remedy: "replicate them by ZFS to another pool or appliance",
    },
  ];
};

/** Data that nobody has decided about; where its class asks for something, that is said already. */
export const noTier: Finder = ({ volume, copies }) => {
  if (volume.spec.class !== "transitional" || copies.length > 0) return [];
  return [
    {
      code: "no-tier",
      obligation: false,
      rules: [],
      message: "is in no tier at all: neither snapshots nor a copy until it is promoted",
      remedy: "add a snapshot tier, or promote it soon",
    },
  ];
};

/** Space and time spent on what may be lost is taken from what may not. */
export const disposableIsKept: Finder = ({ volume, copies }) => {
  if (volume.spec.class !== "disposable" || copies.length === 0) return [];
  return [
    {
      code: "disposable-is-kept",
      obligation: false,
      rules: ["disposable-data-is-never-backed-up"],
      message: `is disposable, yet kept by ${copies.map(({ by }) => by).join(", ")}`,
      remedy: "exclude it, or class it for what it is",
    },
  ];
};

function by(reach: Passage["reach"], passages: readonly Passage[]): Passage[] {
  return passages.filter((passage) => passage.reach === reach);
}

function isEmpty({ recursive, exclude }: Passage["carrier"], children: readonly string[]): boolean {
  return (
    !recursive || (children.length > 0 && children.every((child) => exclude.some((left) => isWithin(child, left))))
  );
}

function childrenOf({ appliance, pool, path }: Volume, site: Site): string[] {
  const { datasets = {}, zvols = {} } = site.appliances[appliance]?.pools[pool] ?? {};
  return [...Object.keys(datasets), ...Object.keys(zvols)]
    .map((name) => `${pool}/${name}`)
    .filter((name) => name !== path && isWithin(name, path));
}
