import type { Managed, Tampering } from "./managed.ts";

const without =
  (name: string): Tampering =>
  (row) => ({ classes: Object.fromEntries(Object.entries(Object(row["classes"])).filter(([key]) => key !== name)) });
const withClass =
  (name: string, setting: Readonly<Record<string, string>>): Tampering =>
  (row) => ({ classes: { ...Object(row["classes"]), [name]: setting } });

/** What is told to whom. */
export const alerts: readonly Managed[] = [
  {
    type: "AlertPolicy",
    namespace: "alertclasses",
    single: true,
    stated: () => ({
      classes: {
        ScrubPaused: { policy: "DAILY" },
        VolumeStatus: { level: "CRITICAL", policy: "IMMEDIATELY" },
        HasUpdate: { policy: "NEVER" },
      },
    }),
    id: () => "alertclasses",
    made: {
      classes: {
        ScrubPaused: { policy: "DAILY" },
        VolumeStatus: { level: "CRITICAL" },
        HasUpdate: { policy: "NEVER" },
      },
    },
    drift: {
      'classes["ScrubPaused"]': withClass("ScrubPaused", { policy: "HOURLY" }),
      'classes["VolumeStatus"]': withClass("VolumeStatus", { level: "INFO" }),
      'classes["HasUpdate"]': without("HasUpdate"),
    },
    changes: { classes: { ScrubPaused: { policy: "NEVER" }, QuotaWarning: { level: "ERROR" } } },
    refused: [
      [
        { classes: { ScrubPaused: {} } },
        'classes["ScrubPaused"]',
        '"ScrubPaused" says neither level nor policy; state one of them or leave it out',
      ],
      [
        { classes: { ScrubPaused: { policy: "WEEKLY" } } },
        'classes["ScrubPaused"].policy',
        'policy "WEEKLY" is not allowed; use one of IMMEDIATELY, HOURLY, DAILY, NEVER',
      ],
    ],
    fixed: {},
  },
];
