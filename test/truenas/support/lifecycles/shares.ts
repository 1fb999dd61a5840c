import { STATED_NFS_SHARE } from "../../../support/stated.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { row } from "./row.ts";

const nfs = row("sharing.nfs");
const smb = row("sharing.smb");

/** Shares. */
export const shares: readonly Lifecycle[] = [
  {
    type: "NfsShare",
    id: "/mnt/tank/a",
    inputs: {
      path: "/mnt/tank/a",
      ...STATED_NFS_SHARE,
    },
    drift: {
      networks: nfs({ networks: ["10.10.10.0/24"] }),
      hosts: nfs({ hosts: [] }),
      ro: nfs({ ro: false }),
      mapallUser: nfs({ mapall_user: "root" }),
      mapallGroup: nfs({ mapall_group: "root" }),
      security: nfs({ security: [] }),
      enabled: nfs({ enabled: true }),
      comment: nfs({ comment: "" }),
    },
    changes: {
      networks: ["10.10.11.0/24"],
      hosts: [],
      ro: false,
      mapallUser: "root",
      mapallGroup: "root",
      security: [],
      enabled: true,
      comment: "for all",
    },
  },
  {
    type: "NfsShare",
    title: "NfsShare that maps root",
    id: "/mnt/tank/a",
    inputs: { path: "/mnt/tank/a", maprootUser: "root", maprootGroup: "root" },
    drift: { maprootUser: nfs({ maproot_user: "apps" }), maprootGroup: nfs({ maproot_group: "apps" }) },
    changes: { maprootUser: "apps", maprootGroup: "apps" },
  },
  {
    type: "SmbShare",
    id: "photos",
    inputs: {
      name: "photos",
      path: "/mnt/tank/a",
      purpose: "LEGACY_SHARE",
      options: { recyclebin: true, hostsallow: ["10.0.0.1"], shadowcopy: false },
      enabled: false,
      comment: "family",
      readonly: true,
      browsable: false,
      accessBasedShareEnumeration: true,
      audit: { enable: true, watchList: ["builtin_users"] },
    },
    imported: {
      options: { recyclebin: true, hostsallow: ["10.0.0.1"], shadowcopy: false },
    },
    drift: {
      path: smb({ path: "/mnt/tank/b" }),
      options: smb({
        purpose: "LEGACY_SHARE",
        options: { recyclebin: false, hostsallow: ["10.0.0.1"], shadowcopy: false },
      }),
      purpose: smb({ purpose: "DEFAULT_SHARE", options: {} }),
      enabled: smb({ enabled: true }),
      comment: smb({ comment: "" }),
      readonly: smb({ readonly: false }),
      browsable: smb({ browsable: true }),
      accessBasedShareEnumeration: smb({ access_based_share_enumeration: false }),
      "audit.enable": smb({ audit: { enable: false, watch_list: ["builtin_users"] } }),
    },
    changes: {
      path: "/mnt/tank/b",
      options: { guestok: true },
      enabled: true,
      comment: "all",
      readonly: false,
      browsable: true,
      accessBasedShareEnumeration: false,
      audit: { enable: false },
    },
  },
];
