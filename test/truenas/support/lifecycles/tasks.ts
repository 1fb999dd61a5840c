import type { Lifecycle } from "../lifecycle.ts";
import { row } from "./row.ts";

const snapshots = row("pool.snapshottask");
const scrub = row("pool.scrub");

/** Tasks and services. */
export const tasks: readonly Lifecycle[] = [
  {
    type: "SnapshotTask",
    id: "tank/a@hourly-%Y-%m-%d_%H-%M",
    inputs: {
      dataset: "tank/a",
      namingSchema: "hourly-%Y-%m-%d_%H-%M",
      recursive: true,
      exclude: ["tank/a/sub"],
      lifetimeValue: 24,
      lifetimeUnit: "HOUR",
      allowEmpty: false,
      enabled: false,
      schedule: { minute: "0", hour: "*/2", dow: "mon", begin: "08:00", end: "20:00" },
    },
    drift: {
      recursive: snapshots({ recursive: false, exclude: [] }),
      exclude: snapshots({ exclude: [] }),
      lifetimeValue: snapshots({ lifetime_value: 12 }),
      lifetimeUnit: snapshots({ lifetime_unit: "DAY" }),
      allowEmpty: snapshots({ allow_empty: true }),
      enabled: snapshots({ enabled: true }),
      "schedule.hour": snapshots({
        schedule: { minute: "0", hour: "*", dom: "*", month: "*", dow: "1", begin: "08:00", end: "20:00" },
      }),
    },
    changes: {
      exclude: [],
      recursive: false,
      lifetimeValue: 30,
      lifetimeUnit: "DAY",
      allowEmpty: true,
      enabled: true,
      schedule: { minute: "0" },
    },
  },
  {
    type: "ScrubTask",
    id: "tank",
    inputs: {
      pool: "tank",
      threshold: 6,
      schedule: { minute: "0", hour: "2", dow: "7" },
      enabled: false,
      description: "weekly",
    },
    drift: {
      threshold: scrub({ threshold: 35 }),
      "schedule.hour": scrub({ schedule: { minute: "0", hour: "3", dom: "*", month: "*", dow: "7" } }),
      enabled: scrub({ enabled: true }),
      description: scrub({ description: "" }),
    },
    changes: { threshold: 13, schedule: { hour: "4" }, enabled: true, description: "fortnightly" },
  },
  {
    type: "Service",
    id: "nfs",
    inputs: { service: "nfs", enable: true, running: true },
    drift: {
      enable: (site) => site.appliance.call("service.update", "nfs", { enable: false }),
      running: (site) => site.appliance.call("service.control", "STOP", "nfs"),
    },
    changes: { enable: false, running: false },
  },
];
