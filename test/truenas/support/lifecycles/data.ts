import { GIB, STATED_DATASET, STATED_ZVOL } from "../../../support/stated.ts";
import type { Deed, Lifecycle } from "../lifecycle.ts";
import type { Values } from "../plugin.ts";

const dataset =
  (change: Values): Deed =>
  (site) =>
    site.appliance.call("pool.dataset.update", "tank/it", change);
const zvol =
  (change: Values): Deed =>
  (site) =>
    site.appliance.call("pool.dataset.update", "tank/vol", change);

/** Datasets and volumes. */
export const data: readonly Lifecycle[] = [
  {
    type: "Dataset",
    id: "tank/it",
    inputs: {
      name: "tank/it",
      ...STATED_DATASET,
    },
    drift: {
      comments: dataset({ comments: "other" }),
      compression: dataset({ compression: "INHERIT" }),
      sync: dataset({ sync: "STANDARD" }),
      readonly: dataset({ readonly: "INHERIT" }),
      deduplication: dataset({ deduplication: "ON" }),
      checksum: dataset({ checksum: "ON" }),
      copies: dataset({ copies: 1 }),
      reservation: dataset({ reservation: 0 }),
      refreservation: dataset({ refreservation: 2 * GIB }),
      'userProperties["homelab:class"]': dataset({
        user_properties_update: [{ key: "homelab:class", value: "disposable" }],
      }),
      'userProperties["homelab:owner"]': dataset({ user_properties_update: [{ key: "homelab:owner", remove: true }] }),
      recordsize: dataset({ recordsize: "128K" }),
      atime: dataset({ atime: "ON" }),
      exec: dataset({ exec: "ON" }),
      snapdir: dataset({ snapdir: "HIDDEN" }),
      aclmode: dataset({ aclmode: "RESTRICTED" }),
      quota: dataset({ quota: 6 * GIB }),
      refquota: dataset({ refquota: 0 }),
      quotaWarning: dataset({ quota_warning: 50 }),
      quotaCritical: dataset({ quota_critical: "INHERIT" }),
      refquotaWarning: dataset({ refquota_warning: 51 }),
      refquotaCritical: dataset({ refquota_critical: 52 }),
    },
    changes: {
      comments: "Bilder",
      compression: "INHERIT",
      sync: "DISABLED",
      readonly: "INHERIT",
      deduplication: "INHERIT",
      checksum: "INHERIT",
      copies: 3,
      reservation: 0,
      refreservation: 2 * GIB,
      userProperties: { "homelab:class": "runtime", "homelab:purpose": "books" },
      recordsize: "128K",
      atime: "ON",
      exec: "INHERIT",
      snapdir: "DISABLED",
      aclmode: "RESTRICTED",
      quota: 7 * GIB,
      refquota: 0,
      quotaWarning: "INHERIT",
      quotaCritical: 80,
      refquotaWarning: "INHERIT",
      refquotaCritical: "INHERIT",
    },
  },
  {
    type: "Zvol",
    id: "tank/vol",
    inputs: {
      name: "tank/vol",
      ...STATED_ZVOL,
    },
    drift: {
      snapdev: zvol({ snapdev: "HIDDEN" }),
      comments: zvol({ comments: "" }),
      compression: zvol({ compression: "OFF" }),
      sync: zvol({ sync: "INHERIT" }),
      readonly: zvol({ readonly: "OFF" }),
      deduplication: zvol({ deduplication: "INHERIT" }),
      checksum: zvol({ checksum: "ON" }),
      copies: zvol({ copies: 2 }),
      reservation: zvol({ reservation: 0 }),
      'userProperties["homelab:class"]': zvol({ user_properties_update: [{ key: "homelab:class", value: "x" }] }),
    },
    changes: {
      snapdev: "INHERIT",
      comments: "other",
      compression: "INHERIT",
      sync: "STANDARD",
      readonly: "OFF",
      deduplication: "INHERIT",
      checksum: "INHERIT",
      copies: "INHERIT",
      reservation: 0,
      userProperties: {},
    },
  },
  {
    type: "Zvol",
    title: "Zvol that reserves its space",
    id: "tank/vol",
    inputs: { name: "tank/vol", volsize: 2 * GIB, volblocksize: "16K", comments: "thick" },
    drift: { comments: zvol({ comments: "x" }) },
    changes: { refreservation: 0 },
  },
];
