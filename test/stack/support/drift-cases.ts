import { managed } from "../../truenas/support/objects/index.ts";
import type { DriftCase } from "./drift/drift-case.ts";
import { managedCases } from "./drift/managed-cases.ts";
import { otherCases } from "./drift/other-cases.ts";
import { shareCases } from "./drift/share-cases.ts";
import { zfsCases } from "./drift/zfs-cases.ts";

/** Every property that can change behind the provider's back and be changed back. */
export const driftCases: readonly DriftCase[] = [...zfsCases, ...shareCases, ...otherCases, ...managedCases];

/** Properties of the schema that nobody can change behind the provider's back, and why. */
export const NOT_DRIFTING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Pool: {
    name: "is how the pool is found: another name is another pool",
    topology: "cannot be changed back: its drift is a test of its own",
    create: "is a confirmation to the provider",
  },
  Dataset: {
    name: "is how the dataset is found: another name is another dataset",
    casesensitivity: "is fixed once made",
    shareType: "is not kept by TrueNAS",
    onDestroy: "is an instruction to the provider",
    adopt: "is an instruction to the provider",
  },
  Zvol: {
    name: "is how the volume is found: another name is another volume",
    volsize: "cannot be changed back: its drift is a test of its own",
    volblocksize: "is fixed once made",
    onDestroy: "is an instruction to the provider",
    adopt: "is an instruction to the provider",
  },
  FilesystemAcl: {
    path: "is how the directory is found",
    acltype: "follows the dataset: it changes with the list",
    recursive: "is an instruction to the provider",
  },
  NfsShare: { path: "is how the share is found", adopt: "is an instruction to the provider" },
  SmbShare: { name: "is how the share is found", adopt: "is an instruction to the provider" },
  SnapshotTask: {
    dataset: "is how the task is found",
    namingSchema: "is how the task is found",
    keepRemovalDates: "is an instruction to the provider",
    adopt: "is an instruction to the provider",
  },
  ScrubTask: { pool: "is how the task is found", adopt: "is an instruction to the provider" },
  Service: { service: "is how the service is found" },
  ...Object.fromEntries(managed.flatMap(({ type, fixed }) => (fixed ? [[type, fixed]] : []))),
};
