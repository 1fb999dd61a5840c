import { foundBy, type Managed, within } from "./managed.ts";
import { CLOUD_KEY, OFFSITE } from "./surroundings.ts";

const nightly = { minute: "5", hour: "3", dom: "1", month: "2", dow: "7" };
const NO_READING = "is a secret, which is never read";

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
const taskDrift = {
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

const taskChanges = {
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

const stated = (kind: string, at: string) => ({
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

const made = (kind: string, credentials: number) => ({
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

const ground = (kind: string) => (at: string) => [
  ["pool.dataset.create", { name: `tank/${kind}-${at}` }] as const,
  ...credentialsFor(`${kind} ${at}`),
];

const backup = (kind: string) => (at: string) => ({
  ...stated(kind, at),
  password: "planted-restic-password",
  keepLast: 7,
});

/** What brings files to a cloud. */
export const clouds: readonly Managed[] = [
  {
    type: "CloudBackup",
    namespace: "cloud_backup",
    ground: ground("backup"),
    stated: (at) => ({ ...backup("backup")(at), transferSetting: "PERFORMANCE" }),
    id: ({ description }) => String(description),
    made: {
      ...made("backup", 2),
      password: "planted-restic-password",
      keep_last: 7,
      transfer_setting: "PERFORMANCE",
    },
    drift: { ...taskDrift, keepLast: { keep_last: 8 }, transferSetting: { transfer_setting: "DEFAULT" } },
    changes: { ...taskChanges, keepLast: 3, transferSetting: "FAST_STORAGE" },
    refused: [
      [{ keepLast: 0 }, "keepLast", "keepLast 0 is below the minimum of 1 snapshots; raise it"],
      [{ password: "" }, "password", "password is empty; a repository needs one"],
      [
        { bucket: "Photos!" },
        "bucket",
        'bucket "Photos!" is no bucket name; use 3 to 63 letters, digits, dots and dashes, with a letter or digit at either end',
      ],
      [
        { folder: "photos//raw" },
        "folder",
        'folder "photos//raw" is no folder; use names with a slash between them, such as "photos/raw"',
      ],
      [
        { folder: "../photos" },
        "folder",
        'folder "../photos" is no folder; use names with a slash between them, such as "photos/raw"',
      ],
      [
        { path: "/mnt/tank/*" },
        "path",
        'path "/mnt/tank/*" is neither a directory below /mnt nor a volume; use /mnt/pool/path or /dev/zvol/pool/path, without patterns',
      ],
      [{ absolutePaths: true }, "snapshot", "snapshot cannot be used with absolutePaths; leave one of them out"],
      [
        { path: "/dev/zvol/tank/disk", snapshot: false },
        "exclude",
        "exclude has no meaning for a volume, which is copied whole from a snapshot; leave it out",
      ],
    ],
    otherwise: { keepLast: 9 },
    fixed: {
      ...foundBy("task", "description"),
      password: NO_READING,
      absolutePaths: "is chosen when the task is made",
    },
  },
  {
    type: "CloudSync",
    namespace: "cloudsync",
    ground: ground("sync"),
    stated: (at) => ({
      ...stated("sync", at),
      direction: "PUSH",
      transferMode: "SYNC",
      include: ["*.jpg"],
      encryption: true,
      filenameEncryption: true,
      encryptionPassword: "planted-rclone-password",
      createEmptySrcDirs: true,
      followSymlinks: true,
      transfers: 8,
      bwlimit: [
        { time: "08:00", bandwidth: 1_000_000 },
        { time: "20:00", bandwidth: 0 },
      ],
      storageClass: "STANDARD_IA",
      fastList: true,
    }),
    id: ({ description }) => String(description),
    made: {
      ...made("sync", 4),
      attributes: { bucket: OFFSITE, folder: "/sync/", storage_class: "STANDARD_IA", fast_list: true },
      direction: "PUSH",
      transfer_mode: "SYNC",
      include: ["*.jpg"],
      encryption: true,
      filename_encryption: true,
      encryption_password: "planted-rclone-password",
      create_empty_src_dirs: true,
      follow_symlinks: true,
      transfers: 8,
      bwlimit: [
        { time: "08:00", bandwidth: 1_000_000 },
        { time: "20:00", bandwidth: null },
      ],
    },
    drift: {
      ...taskDrift,
      direction: { direction: "PULL", snapshot: false },
      transferMode: { transfer_mode: "COPY" },
      include: { include: [] },
      encryption: { encryption: false },
      filenameEncryption: { filename_encryption: false },
      createEmptySrcDirs: { create_empty_src_dirs: false },
      followSymlinks: { follow_symlinks: false },
      transfers: { transfers: null },
      bwlimit: { bwlimit: [] },
      storageClass: within("attributes", { storage_class: "" }),
      fastList: within("attributes", { fast_list: false }),
    },
    changes: {
      ...taskChanges,
      direction: "PULL",
      transferMode: "MOVE",
      include: [],
      encryption: false,
      filenameEncryption: false,
      encryptionPassword: "planted-rclone-other",
      encryptionSalt: "planted-rclone-grain",
      createEmptySrcDirs: false,
      followSymlinks: false,
      transfers: 2,
      bwlimit: [{ time: "07:30", bandwidth: 5 }],
      storageClass: "STANDARD",
      fastList: false,
    },
    refused: [
      [{ encryptionPassword: undefined }, "encryptionPassword", "encryption needs encryptionPassword; state it"],
      [
        { encryption: false, filenameEncryption: false },
        "encryptionPassword",
        "encryptionPassword has no meaning without encryption; state encryption: true, or leave it out",
      ],
      [{ direction: "PULL" }, "snapshot", "snapshot is read from, and PULL reads from the cloud; leave it out"],
      [{ transferMode: "MOVE" }, "snapshot", "snapshot cannot be emptied, which MOVE would do; leave it out"],
      [
        {
          bwlimit: [
            { time: "20:00", bandwidth: 0 },
            { time: "08:00", bandwidth: 5 },
          ],
        },
        "bwlimit[1].time",
        "08:00 does not come after 20:00; state the limits from the earliest on",
      ],
      [
        { bwlimit: [{ time: "8:00", bandwidth: 5 }] },
        "bwlimit[0].time",
        'time "8:00" has one digit before the colon; write 08:00, since TrueNAS compares these times letter by letter',
      ],
      [
        { path: "/dev/zvol/tank/disk" },
        "path",
        'path "/dev/zvol/tank/disk" is no directory below /mnt; use /mnt/pool/path, without patterns',
      ],
    ],
    otherwise: { transfers: 9 },
    fixed: {
      ...foundBy("task", "description"),
      encryptionPassword: NO_READING,
      encryptionSalt: NO_READING,
      direction: "is not turned while the task reads from a snapshot",
    },
  },
  {
    type: "CloudBackup",
    title: "CloudBackup from 25.10 on",
    brief: true,
    only: "25.10",
    namespace: "cloud_backup",
    ground: ground("cached"),
    stated: (at) => ({ ...backup("cached")(at), cachePath: "/mnt/tank", rateLimit: 1024 }),
    id: ({ description }) => String(description),
    made: {
      ...made("cached", 6),
      password: "planted-restic-password",
      keep_last: 7,
      cache_path: "/mnt/tank",
      rate_limit: 1024,
    },
    drift: { cachePath: { cache_path: null }, rateLimit: { rate_limit: 2048 } },
    changes: { cachePath: "/mnt/tank/b", rateLimit: 1 },
    otherwise: { rateLimit: 9 },
  },
];
