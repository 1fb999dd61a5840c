import type { Methods } from "../middleware/method.ts";
import type { Dialect } from "../versions.ts";
import { accountMethods } from "./account.ts";
import { coreMethods } from "./core.ts";
import { diskMethods } from "./disk.ts";
import { filesystemMethods } from "./filesystem.ts";
import { poolMethods } from "./pool.ts";
import { poolDatasetMethods } from "./pool-dataset.ts";
import { poolScrubMethods } from "./pool-scrub.ts";
import { poolSnapshotMethods, zfsSnapshotMethods } from "./pool-snapshot.ts";
import { poolSnapshotTaskMethods } from "./pool-snapshottask.ts";
import { serviceControlMethods, serviceMethods } from "./service.ts";
import { sharingNfsMethods } from "./sharing-nfs.ts";
import { sharingSmbMethods } from "./sharing-smb.ts";
import { flatSharingSmbMethods } from "./sharing-smb-flat.ts";
import { smbMethods } from "./smb.ts";
import { systemMethods } from "./system.ts";

const common: Methods = {
  ...coreMethods,
  ...systemMethods,
  ...accountMethods,
  ...diskMethods,
  ...poolMethods,
  ...poolDatasetMethods,
  ...zfsSnapshotMethods,
  ...poolSnapshotTaskMethods,
  ...poolScrubMethods,
  ...filesystemMethods,
  ...sharingNfsMethods,
  ...serviceMethods,
  ...smbMethods,
};

const own: Readonly<Record<Dialect, Methods>> = {
  "25.04": flatSharingSmbMethods,
  "25.10": { ...poolSnapshotMethods, ...sharingSmbMethods, ...serviceControlMethods },
};

/** Every method of the simulated middleware of a release. */
export function methodsOf(dialect: Dialect): Methods {
  return { ...common, ...own[dialect] };
}
