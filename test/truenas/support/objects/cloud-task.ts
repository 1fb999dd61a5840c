import { within } from "./managed.ts";
import { CLOUD_KEY, OFFSITE } from "./surroundings.ts";

const nightly = { minute: "5", hour: "3", dom: "1", month: "2", dow: "7" };
/** Why a password never drifts. */
export const NO_READING = "is a secret, which is never read";

/** Two credentials, of which the second is the task's. */
const credentialsFor = (task: string) =>
  ["other", "cloud"].map(
    (name) => ["cloudsync.credentials.create", { name: `${name} of ${task}`, provider: s3 }] as const,
  );

const s3 = {
  type: "S3",
  access_key_id: CLOUD_KEY.id,
  secret_access_key: CLOUD_KEY.secret,
  endpoint: "https://s3.us-west-004.backblazeb2.com",
  region: "us-west-004",
};

const schedules = {
  "schedule.minute": within("schedule", { minute: "6" }),
  "schedule.hour": within("schedule", { hour: "4" }),
  "schedule.dom": within("schedule", { dom: "*" }),
  "schedule.month": within("schedule", { month: "*" }),
  "schedule.dow": within("schedule", { dow: "1" }),
};

/** What drifts of every task that brings files to a cloud; the first credential on the appliance is none of theirs. */
export const taskDrift = {
  snapshot: { snapshot: false },
  path: { path: "/mnt/tank/a/elsewhere" },
  credential: { credentials: 1 },
  bucket: within("attributes", { bucket: "elsewhere" }),
  folder: within("attributes", { folder: "/else/where/" }),
  ...schedules,
  exclude: { exclude: ["*.tmp"] },
  preScript: { pre_script: "true" },
  postScript: { post_script: "true" },
  enabled: { enabled: true },
};

/** What changes of every such task. */
export const taskChanges = {
  snapshot: false,
  path: "/mnt/tank/a/elsewhere",
  bucket: "elsewhere",
  folder: "else/where",
  schedule: { hour: "2" },
  exclude: ["*.tmp", "/cache"],
  preScript: "true\n",
  postScript: "true",
  enabled: true,
};

/** What every such task states. */
export const stated = (kind: string, at: string) => ({
  description: `${kind} ${at}`,
  path: `/mnt/tank/${kind}-${at}`,
  credential: `cloud of ${kind} ${at}`,
  bucket: OFFSITE,
  folder: kind,
  schedule: nightly,
  snapshot: true,
  exclude: ["cache"],
  preScript: "echo before",
  postScript: "echo after",
  enabled: false,
});

/** What somebody sends who makes such a task by hand, with the row of its credential. */
export const made = (kind: string, credentials: number) => ({
  description: `${kind} it`,
  path: `/mnt/tank/${kind}-it`,
  credentials,
  attributes: { bucket: OFFSITE, folder: `/${kind}/` },
  schedule: { ...nightly, minute: "05", dow: "sun" },
  snapshot: true,
  exclude: ["cache"],
  pre_script: "echo before\n",
  post_script: "echo after",
  enabled: false,
});

/** A dataset for the task, and credentials. */
export const ground = (kind: string) => (at: string) => [
  ["pool.dataset.create", { name: `tank/${kind}-${at}` }] as const,
  ...credentialsFor(`${kind} ${at}`),
];
