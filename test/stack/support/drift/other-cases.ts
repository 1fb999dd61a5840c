import type { Values } from "../storage.ts";
import { cases, type Kind, onRow } from "./drift-case.ts";

const TASK = "hourly-%Y-%m-%d_%H-%M";

const snapshots: Kind = {
  type: "SnapshotTask",
  id: ({ dataset: path, namingSchema }) => `${path}@${namingSchema}`,
  deed: onRow("pool.snapshottask"),
  stated: (at) => ({
    dataset: `plain/task-${at}`,
    namingSchema: TASK,
    recursive: true,
    exclude: [`plain/task-${at}/below`],
    lifetimeValue: 24,
    lifetimeUnit: "HOUR",
    allowEmpty: false,
    enabled: false,
    schedule: { minute: "0", hour: "*/2", dom: "1", month: "2", dow: "mon", begin: "08:00", end: "20:00" },
  }),
};
const window = (change: Values) => ({
  schedule: { minute: "0", hour: "*/2", dom: "1", month: "2", dow: "1", begin: "08:00", end: "20:00", ...change },
});

const scrubs: Kind = {
  type: "ScrubTask",
  id: ({ pool }) => String(pool),
  deed: onRow("pool.scrub"),
  stated: (at) => ({
    pool: `p-${at}`,
    threshold: 6,
    schedule: { minute: "0", hour: "2", dom: "1", month: "3", dow: "7" },
    enabled: false,
    description: "weekly",
  }),
};
const scrub = (change: Values) => ({
  schedule: { minute: "0", hour: "2", dom: "1", month: "3", dow: "7", ...change },
});

const acl: Kind = {
  type: "FilesystemAcl",
  id: ({ path }) => String(path),
  deed:
    (change) =>
    (appliance, { id }) =>
      appliance.call("filesystem.chown", { path: id, ...change }),
  stated: (at) => ({ path: `/mnt/plain/acl-${at}`, user: "apps", group: "apps", mode: "770" }),
};
const grants = (perms: string) => [
  { tag: "owner@", type: "ALLOW", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
  { tag: "group@", type: "ALLOW", perms: { BASIC: perms }, flags: { BASIC: "INHERIT" } },
];

/** Cases of tasks, permissions and services. */
export const otherCases = [
  ...cases(snapshots, {
    recursive: { stated: { exclude: undefined }, deed: { recursive: false } },
    exclude: { exclude: [] },
    lifetimeValue: { lifetime_value: 12 },
    lifetimeUnit: { lifetime_unit: "DAY" },
    allowEmpty: { allow_empty: true },
    enabled: { enabled: true },
    "schedule.minute": window({ minute: "30" }),
    "schedule.hour": window({ hour: "*" }),
    "schedule.dom": window({ dom: "*" }),
    "schedule.month": window({ month: "3" }),
    "schedule.dow": window({ dow: "*" }),
    "schedule.begin": window({ begin: "09:00" }),
    "schedule.end": window({ end: "21:00" }),
  }),
  ...cases(scrubs, {
    threshold: { threshold: 35 },
    enabled: { enabled: true },
    description: { description: "" },
    "schedule.minute": scrub({ minute: "30" }),
    "schedule.hour": scrub({ hour: "3" }),
    "schedule.dom": scrub({ dom: "*" }),
    "schedule.month": scrub({ month: "*" }),
    "schedule.dow": scrub({ dow: "1" }),
  }),
  ...cases(acl, {
    user: { uid: 0 },
    group: { gid: 0 },
    uid: { stated: { user: undefined, uid: 568 }, deed: { uid: 0 } },
    gid: { stated: { group: undefined, gid: 568 }, deed: { gid: 0 } },
    mode: { deed: (appliance, { id }) => appliance.call("filesystem.setperm", { path: id, mode: "777" }) },
    dacl: {
      stated: { mode: undefined, acltype: "NFS4", dacl: grants("MODIFY") },
      deed: (appliance, { id }) => appliance.call("filesystem.setacl", { path: id, dacl: grants("READ") }),
    },
  }),
  ...cases(
    {
      type: "Service",
      id: ({ service }) => String(service),
      stated: (at) => ({ service: at === "enable" ? "nfs" : "cifs", enable: true, running: true }),
      deed: () => () => undefined,
    },
    {
      enable: { deed: (appliance, { id }) => appliance.call("service.update", id, { enable: false }) },
      running: { deed: (appliance, { id }) => appliance.call("service.control", "STOP", id) },
    },
  ),
];
