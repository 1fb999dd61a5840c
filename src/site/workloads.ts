import { z } from "zod";
import { datasetRef } from "./datasets.ts";
import { plainName } from "./names.ts";
import { size } from "./sizes.ts";
import { choice, flag, named, reference, words } from "./value.ts";

const volume = z.strictObject({
  engine: choice(["files", "sqlite", "server-database"]).default("files").meta({ description: "What writes to it." }),
  storageClass: reference("a StorageClass")
    .exactOptional()
    .meta({ description: "The StorageClass that makes it; or `data`." }),
  data: datasetRef.exactOptional().meta({ description: "The dataset that it is; or `storageClass`." }),
  size: size().exactOptional().meta({ description: "The size that is asked for." }),
  readOnly: flag().default(false).meta({ description: "Whether it is only read." }),
});

const workload = z.strictObject({
  runsOn: reference("a cluster, host or appliance").meta({
    description: "The cluster, host or appliance that runs it, by name.",
  }),
  kind: choice(["kubernetes", "compose", "vm", "service"]).meta({ description: "How it is deployed." }),
  purpose: words(120).meta({ description: "What it does for people." }),
  volumes: named(plainName, volume).default({}).meta({ description: "What it stores, by name." }),
});

/** Applications, by name. */
export const workloads = named(plainName, workload).default({}).meta({ description: "Applications, by name." });
