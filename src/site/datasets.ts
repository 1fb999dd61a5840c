import { z } from "zod";
import { access, blockAccess } from "./access.ts";
import { datasetName } from "./dataset-names.ts";
import { date } from "./dates.ts";
import { lifetime } from "./lifetimes.ts";
import { decision } from "./names.ts";
import { permissions } from "./permissions.ts";
import { datasetProperties, zvolProperties } from "./properties.ts";
import { quotaSize, size } from "./sizes.ts";
import { snapshots } from "./snapshot-tiers.ts";
import { choice, flag, named, reference, words } from "./value.ts";
import { DATA_CLASSES, OWNER_ROLES } from "./vocabulary.ts";

/** A dataset anywhere in the site. */
export const datasetRef = z.strictObject({
  appliance: reference("an appliance").meta({ description: "The appliance, by name." }),
  dataset: reference("a dataset, pool first").meta({ description: "The whole path, pool first." }),
});

const classified = {
  class: choice(DATA_CLASSES).meta({ description: "How precious the data is." }),
  owner: choice(OWNER_ROLES).meta({ description: "The role that owns the data." }),
  purpose: words(120).meta({ description: "What the data is; also the dataset's comment." }),
  promoteTo: datasetRef.exactOptional().meta({ description: "Transitional data only: its authoritative home to be." }),
  deadline: date().exactOptional().meta({ description: "Transitional data only: when it must be there." }),
  reservation: size().exactOptional().meta({ description: "Space kept free for it and all below." }),
  refreservation: size().exactOptional().meta({ description: "Space kept free for it without snapshots." }),
  rpo: lifetime().exactOptional().meta({ description: "Most data that may be lost, as time: 1 hour." }),
  snapshots,
  onDestroy: choice(["refuse", "retain", "destroy"])
    .default("refuse")
    .meta({ description: "What taking its lines out of the site means." }),
  adopt: flag().default(false).meta({ description: "Whether one that exists already is taken over." }),
};

const dataset = z.strictObject({
  ...classified,
  quota: quotaSize().exactOptional().meta({ description: "Most that it and all below may hold." }),
  quotaDecidedBy: decision()
    .exactOptional()
    .meta({ description: "The record that decided a quota which the site's plan does not state (ADR-0003)." }),
  refquota: quotaSize().exactOptional().meta({ description: "Most that it may hold without snapshots and children." }),
  properties: datasetProperties.default({}).meta({ description: "ZFS properties; the rest is inherited." }),
  permissions: permissions.exactOptional().meta({ description: "Owner and permissions of the mount point." }),
  access: access.default({}).meta({ description: "Ways to the data; none when left out." }),
});

const BLOCK_SIZES = ["4K", "8K", "16K", "32K", "64K", "128K"] as const;

const zvol = z.strictObject({
  ...classified,
  size: size().meta({ description: "Size of the volume." }),
  blockSize: choice(BLOCK_SIZES).default("16K").meta({ description: "Size of its blocks; fixed once made." }),
  sparse: flag()
    .default(false)
    .meta({ description: "Whether space is taken only as it is written, not kept free for all of it." }),
  properties: zvolProperties.default({}).meta({ description: "ZFS properties; the rest is inherited." }),
  access: blockAccess.default({}).meta({ description: "Ways to the volume; none when left out." }),
});

/** Datasets of a pool by their path below it; parents are declared too. */
export const datasets = named(datasetName, dataset)
  .default({})
  .meta({ description: "Datasets, by path below the pool." });

/** Zvols of a pool by their path below it; parents are declared as datasets. */
export const zvols = named(datasetName, zvol).default({}).meta({ description: "Zvols, by path below the pool." });
