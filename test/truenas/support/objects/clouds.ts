import { cloudSync } from "./cloud-sync.ts";
import { ground, made, NO_READING, stated, taskChanges, taskDrift } from "./cloud-task.ts";
import { foundBy, type Managed } from "./managed.ts";

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
  cloudSync,
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
