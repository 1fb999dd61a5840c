import { type ReplicationRow, replicationsOf } from "../replication/task-row.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { isWithin, mountpoint } from "../zfs/dataset-tree.ts";
import { extentsOn, removeExtent } from "./iscsi/volumes.ts";

interface Attachment {
  readonly type: string;
  readonly service: string | null;
  readonly attachments: readonly string[];
}

interface Kind {
  readonly type: string;
  readonly service: string | null;
  /** Rows that use the dataset or something below it: how to name each, and its key. */
  readonly find: (state: ApplianceState, dataset: string) => { readonly name: string; readonly key: number }[];
  readonly remove: (state: ApplianceState, key: number) => void;
}

/** Tasks that bring the dataset's files to a cloud, or back. */
function cloudTasks(namespace: "cloud_backup" | "cloudsync"): Kind {
  const rows = (state: ApplianceState) =>
    state.table<{ id: number; path: string; enabled: boolean; description: string }>(namespace);
  return {
    type: namespace === "cloudsync" ? "CloudSync Task" : "Cloud Backup Task",
    service: null,
    find: (state, dataset) =>
      rows(state)
        .values()
        .filter(({ enabled, path }) => enabled && isWithin(path, mountpoint(dataset)))
        .map(({ id, path }) => ({ name: path, key: id })),
    remove: (state, key) => rows(state).delete(key),
  };
}

// The other side's datasets are another appliance's business.
function ownDatasets({ direction, transport, source_datasets, target_dataset }: ReplicationRow): readonly string[] {
  const local = transport === "LOCAL";
  return [
    ...(local || direction === "PUSH" ? source_datasets : []),
    ...(local || direction === "PULL" ? [target_dataset] : []),
  ];
}

const kinds: readonly Kind[] = [
  {
    type: "SMB Share",
    service: "cifs",
    find: (state, dataset) =>
      state.smbShares
        .values()
        .filter((share) => share.enabled && isWithin(share.path, mountpoint(dataset)))
        .map((share) => ({ name: share.name, key: share.id })),
    remove: (state, key) => state.smbShares.delete(key),
  },
  {
    type: "NFS Share",
    service: "nfs",
    find: (state, dataset) =>
      state.nfsShares
        .values()
        .filter((share) => share.enabled && isWithin(share.path, mountpoint(dataset)))
        .map((share) => ({ name: share.path, key: share.id })),
    remove: (state, key) => state.nfsShares.delete(key),
  },
  {
    type: "Snapshot Task",
    service: null,
    find: (state, dataset) =>
      state.snapshotTasks
        .values()
        .filter((task) => task.enabled && isWithin(task.dataset, dataset))
        .map((task) => ({ name: task.dataset, key: task.id })),
    remove: (state, key) => state.snapshotTasks.delete(key),
  },
  ...(["cloud_backup", "cloudsync"] as const).map((namespace) => cloudTasks(namespace)),
  {
    type: "Replication",
    service: null,
    find: (state, dataset) =>
      replicationsOf(state)
        .values()
        .filter((row) => row.enabled && ownDatasets(row).some((own) => isWithin(own, dataset)))
        .map((row) => ({ name: row.name, key: row.id })),
    remove: (state, key) => replicationsOf(state).delete(key),
  },
  {
    type: "iSCSI Extent",
    service: "iscsitarget",
    find: (state, dataset) =>
      extentsOn(state, dataset)
        .filter(({ enabled }) => enabled)
        .map(({ id, name }) => ({ name, key: id })),
    remove: removeExtent,
  },
];

/** The enabled shares and tasks that use a dataset or something below it; the middleware does not see disabled ones. */
export function attachments(state: ApplianceState, dataset: string): Attachment[] {
  return kinds.flatMap(({ type, service, find }) => {
    const names = find(state, dataset).map(({ name }) => name);
    return names.length === 0 ? [] : [{ type, service, attachments: names }];
  });
}

/** Deletes the enabled shares and tasks that use a dataset, as deleting the dataset does. */
export function detach(state: ApplianceState, dataset: string): void {
  for (const { find, remove } of kinds) for (const { key } of find(state, dataset)) remove(state, key);
}
