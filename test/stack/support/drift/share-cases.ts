import { GIB, STATED_NFS_SHARE } from "../../../support/stated.ts";
import type { Values } from "../storage.ts";
import { cases, type Kind, type Odd, onRow } from "./drift-case.ts";

const nfs: Kind = {
  type: "NfsShare",
  id: ({ path }) => String(path),
  deed: onRow("sharing.nfs"),
  stated: (at) => ({
    path: `/mnt/plain/nfs-${at}`,
    ...STATED_NFS_SHARE,
  }),
};
const rootOnly = { mapallUser: undefined, mapallGroup: undefined, maprootUser: "root", maprootGroup: "root" };

const smb: Kind = {
  type: "SmbShare",
  id: ({ name }) => String(name),
  deed: onRow("sharing.smb"),
  stated: (at) => ({
    name: `share ${at}`,
    path: "/mnt/plain/shared",
    purpose: "LEGACY_SHARE",
    options: { recyclebin: true, hostsallow: ["10.0.0.1"], shadowcopy: false },
    enabled: false,
    comment: "family",
    readonly: true,
    browsable: false,
    accessBasedShareEnumeration: true,
    audit: { enable: true, watchList: ["builtin_users"], ignoreList: ["builtin_guests"] },
  }),
};
const audit = (change: Values) => ({
  audit: { enable: true, watch_list: ["builtin_users"], ignore_list: ["builtin_guests"], ...change },
});

/** Every option with the purpose that has it, what is stated, and what somebody makes of it. */
const OPTIONS: Readonly<Record<string, readonly [purpose: string, stated: unknown, drifted: unknown]>> = {
  aaplNameMangling: ["DEFAULT_SHARE", true, false],
  hostsallow: ["MULTIPROTOCOL_SHARE", ["10.0.0.1"], ["10.0.0.1", "10.0.0.2"]],
  hostsdeny: ["DEFAULT_SHARE", ["10.0.0.1"], []],
  recyclebin: ["LEGACY_SHARE", true, false],
  pathSuffix: ["LEGACY_SHARE", "%U", null],
  guestok: ["LEGACY_SHARE", false, true],
  streams: ["LEGACY_SHARE", false, true],
  durablehandle: ["LEGACY_SHARE", false, true],
  shadowcopy: ["LEGACY_SHARE", false, true],
  fsrvp: ["LEGACY_SHARE", true, false],
  home: ["LEGACY_SHARE", false, true],
  acl: ["LEGACY_SHARE", true, false],
  afp: ["LEGACY_SHARE", true, false],
  timemachine: ["LEGACY_SHARE", true, false],
  timemachineQuota: ["TIMEMACHINE_SHARE", 5 * GIB, 6 * GIB],
  vuid: ["TIMEMACHINE_SHARE", "0cb0a6b8-9c2c-4f5c-8c8b-0d7f8c8f9a01", "0cb0a6b8-9c2c-4f5c-8c8b-0d7f8c8f9a02"],
  auxsmbconf: ["LEGACY_SHARE", "veto files = /x/", ""],
  autoSnapshot: ["TIMEMACHINE_SHARE", true, false],
  autoDatasetCreation: ["TIMEMACHINE_SHARE", true, false],
  datasetNamingSchema: ["PRIVATE_DATASETS_SHARE", "%U", "%D"],
  gracePeriod: ["TIME_LOCKED_SHARE", 600, 1200],
  autoQuota: ["PRIVATE_DATASETS_SHARE", 5, 6],
  remotePath: ["EXTERNAL_SHARE", ["there\\share"], ["elsewhere\\share"]],
};

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const smbOptions = Object.entries(OPTIONS).map(([option, [purpose, value, drifted]]): [string, Odd] => {
  const path = purpose === "EXTERNAL_SHARE" ? { path: "EXTERNAL" } : {};
  const change = { purpose, options: { [snake(option)]: drifted }, ...path };

  return [
    `options.${option}`,
    { stated: { purpose, options: { [option]: value }, ...path }, deed: change, shows: "options" },
  ];
});

/** Cases of NFS and SMB shares. */
export const shareCases = [
  ...cases(nfs, {
    networks: { networks: ["10.10.10.0/24"] },
    hosts: { hosts: [] },
    ro: { ro: false },
    mapallUser: { mapall_user: "root" },
    mapallGroup: { mapall_group: "root" },
    maprootUser: { stated: rootOnly, deed: { maproot_user: "apps" } },
    maprootGroup: { stated: rootOnly, deed: { maproot_group: "apps" } },
    security: { security: [] },
    enabled: { enabled: true },
    comment: { comment: "" },
  }),
  ...cases(smb, {
    path: { path: "/mnt/plain/other" },
    purpose: {
      stated: { options: undefined },
      deed: { purpose: "MULTIPROTOCOL_SHARE", options: {} },
      along: ["options"],
    },
    enabled: { enabled: true },
    comment: { comment: "" },
    readonly: { readonly: false },
    browsable: { browsable: true },
    accessBasedShareEnumeration: { access_based_share_enumeration: false },
    "audit.enable": audit({ enable: false }),
    "audit.watchList": audit({ watch_list: ["builtin_administrators"] }),
    "audit.ignoreList": audit({ ignore_list: [] }),
    ...Object.fromEntries(smbOptions),
  }),
];
