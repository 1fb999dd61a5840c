import { GIB, STATED_DATASET, STATED_ZVOL } from "../../../support/stated.ts";
import type { Values } from "../storage.ts";
import { cases, type Deed, type Kind, onRow } from "./drift-case.ts";

const onDataset =
  (change: Values): Deed =>
  (appliance, { id }) =>
    appliance.call("pool.dataset.update", id, change);
const tag = (key: string, value: string) => ({ user_properties_update: [{ key, value }] });
const dataset: Kind = {
  type: "Dataset",
  id: ({ name }) => String(name),
  deed: onDataset,
  stated: (at) => ({
    name: `tank/${at}`,
    ...STATED_DATASET,
  }),
};

const zvol: Kind = {
  type: "Zvol",
  id: ({ name }) => String(name),
  deed: onDataset,
  stated: (at) => ({
    name: `tank/vol-${at}`,
    ...STATED_ZVOL,
  }),
};

/** Cases of pools, datasets and volumes. */
export const zfsCases = [
  ...cases(
    {
      type: "Pool",
      id: ({ name }) => String(name),
      stated: () => ({ name: "tank", topology: { data: [{ type: "STRIPE", disks: ["S1"] }] }, autotrim: "ON" }),
      deed: onRow("pool"),
    },
    { autotrim: { autotrim: "OFF" } },
  ).map((one) => ({ ...one, resource: { ...one.resource, name: "tank", after: [] } })),
  ...cases(dataset, {
    comments: { comments: "other" },
    compression: { compression: "INHERIT" },
    sync: { sync: "STANDARD" },
    readonly: { readonly: "INHERIT" },
    deduplication: { deduplication: "ON" },
    checksum: { checksum: "ON" },
    copies: { copies: 1 },
    reservation: { reservation: 0 },
    refreservation: { refreservation: 2 * GIB },
    'userProperties["homelab:class"]': tag("homelab:class", "disposable"),
    'userProperties["homelab:owner"]': { user_properties_update: [{ key: "homelab:owner", remove: true }] },
    recordsize: { recordsize: "128K" },
    atime: { atime: "ON" },
    exec: { exec: "ON" },
    snapdir: { snapdir: "HIDDEN" },
    aclmode: { aclmode: "RESTRICTED" },
    acltype: {
      stated: { acltype: "POSIX", aclmode: undefined },
      deed: { acltype: "NFSV4", aclmode: "PASSTHROUGH" },
      along: ["aclmode"],
    },
    quota: { quota: 6 * GIB },
    refquota: { refquota: 0 },
    quotaWarning: { quota_warning: 50 },
    quotaCritical: { quota_critical: "INHERIT" },
    refquotaWarning: { refquota_warning: 51 },
    refquotaCritical: { refquota_critical: 52 },
  }),
  ...cases(zvol, {
    sparse: { deed: { refreservation: 2 * GIB }, along: ["refreservation"] },
    snapdev: { snapdev: "HIDDEN" },
    comments: { comments: "" },
    compression: { compression: "OFF" },
    sync: { sync: "INHERIT" },
    readonly: { readonly: "OFF" },
    deduplication: { deduplication: "INHERIT" },
    checksum: { checksum: "ON" },
    copies: { copies: 2 },
    reservation: { reservation: 0 },
    refreservation: { stated: { refreservation: GIB }, deed: { refreservation: 0 } },
    'userProperties["homelab:class"]': tag("homelab:class", "x"),
  }),
  ...cases(
    { ...zvol, stated: (at) => ({ ...zvol.stated(`thick-${at}`), sparse: false }) },
    {
      sparse: { deed: { refreservation: 0 }, along: ["refreservation"] },
    },
  ),
];
