import { itemsIn } from "../../cloud/restic/snapshot.ts";
import { int, str } from "../../middleware/kinds.ts";
import { type Methods, method } from "../../middleware/method.ts";
import { repositoryOf, withRestic } from "./backup-remote.ts";
import { backupInstance } from "./backup-rows.ts";

const SHORT_ID = 8;
const snapshotId = str({ pattern: "[^-]" });
const dated = (ms: number) => ({ $date: Math.floor(ms / 1000) * 1000 });

/** What tells and deletes the snapshots of a task's repository. */
export const backupSnapshotMethods: Methods = {
  "cloud_backup.list_snapshots": method({ id: int() }, async (context, { id }) => {
    const repository = await repositoryOf(context, backupInstance(context, id));
    const snapshots = await withRestic(context, () => repository.snapshots());
    return snapshots.map(({ id: snapshot, hostname, time, paths }) => ({
      id: snapshot,
      short_id: snapshot.slice(0, SHORT_ID),
      hostname,
      username: "root",
      time: dated(time),
      paths,
    }));
  }),
  "cloud_backup.list_snapshot_directory": method(
    { id: int(), snapshot_id: snapshotId, path: str({ pattern: "[^-]" }) },
    async (context, { id, snapshot_id, path }) => {
      const repository = await repositoryOf(context, backupInstance(context, id));
      const files = await withRestic(context, () => repository.files(repository.snapshot(snapshot_id)));
      const directory = path === "/" ? path : path.replace(/\/+$/, "");
      return itemsIn(files, directory).map(({ name, path: at, type, bytes, writtenAt }) => ({
        name,
        path: at,
        type,
        size: bytes,
        mtime: dated(writtenAt),
        atime: dated(writtenAt),
        ctime: dated(writtenAt),
        struct_type: "node",
      }));
    },
  ),
  "cloud_backup.delete_snapshot": method(
    { id: int(), snapshot_id: snapshotId },
    async (context, { id, snapshot_id }) => {
      const repository = await repositoryOf(context, backupInstance(context, id));
      await withRestic(context, () =>
        repository.remove([repository.snapshot(snapshot_id)], context.host, context.clock.time),
      );
      return null;
    },
    { job: { lock: (params) => `cloud_backup:${params[0]}` }, writes: true },
  ),
};
