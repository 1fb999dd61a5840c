import { stringify } from "yaml";
import type { EtcdSnapshots } from "../etcd-snapshots.ts";
import type { TalosPlan } from "./plan.ts";

/** The namespace whose pods may ask the machines for snapshots, and for nothing else. */
export const SNAPSHOT_NAMESPACE = "etcd-snapshots";
/** The role that lets them. */
export const SNAPSHOT_ROLE = "os:etcd:backup";

const NAME = "etcd-snapshots";

/** Objects that the control planes make: a job that takes a snapshot of etcd and keeps the last few on the NAS. */
export function snapshotManifest(plan: TalosPlan, snapshots: EtcdSnapshots): { name: string; contents: string } {
  const metadata = { name: NAME, namespace: SNAPSHOT_NAMESPACE };
  const objects = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: SNAPSHOT_NAMESPACE } },
    { apiVersion: "talos.dev/v1alpha1", kind: "ServiceAccount", metadata, spec: { roles: [SNAPSHOT_ROLE] } },
    { apiVersion: "batch/v1", kind: "CronJob", metadata, spec: cronJob(plan, snapshots) },
  ];
  return { name: NAME, contents: objects.map((object) => stringify(object)).join("---\n") };
}

function cronJob(plan: TalosPlan, { server, path, schedule, keep }: EtcdSnapshots) {
  const [first] = plan.nodes.filter(({ role }) => role === "control-plane");
  const scratch = { name: "scratch", mountPath: "/scratch" };
  const access = { name: "talos", mountPath: "/var/run/secrets/talos.dev" };
  const stored = { name: "snapshots", mountPath: "/snapshots" };
  const take = ["etcd", "snapshot", "/scratch/db.snapshot", "--nodes", first?.address ?? plan.endpoint];
  const store = [
    `mkdir -p /snapshots/${plan.name} && cd /snapshots/${plan.name}`,
    "now=$(date -u +%Y-%m-%d_%H-%M)",
    'cp /scratch/db.snapshot "$now.part" && mv "$now.part" "$now.snapshot"',
    `ls -1r *.snapshot | tail -n +${keep + 1} | xargs -r rm --`,
  ];
  const spec = {
    restartPolicy: "Never",
    initContainers: [
      {
        name: "take",
        image: `ghcr.io/siderolabs/talosctl:${plan.version}`,
        args: take,
        volumeMounts: [scratch, access],
      },
    ],
    containers: [
      {
        name: "store",
        image: "docker.io/library/busybox:1.37",
        command: ["sh", "-euc", store.join("\n")],
        volumeMounts: [scratch, stored],
      },
    ],
    volumes: [
      { name: "scratch", emptyDir: {} },
      { name: "talos", secret: { secretName: NAME } },
      { name: "snapshots", nfs: { server, path } },
    ],
  };
  return { schedule, concurrencyPolicy: "Forbid", jobTemplate: { spec: { backoffLimit: 1, template: { spec } } } };
}
