import type { Judged } from "../judged.ts";
import { at, flagAt, listAt, textAt, textsAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { CLAIM, CRON_JOB, STATEFUL_SET } from "../tokens.ts";
import { claimName } from "./made-objects.ts";

/** A volume of a pod as its workload writes it. */
export interface PodVolume {
  readonly name: string;
  /** Its source as Kubernetes spells it, for example `{ emptyDir: {} }`. */
  readonly source: unknown;
  /** The claim that it names, when the program registers it. */
  readonly claim: Judged | undefined;
  /** Whether every container of the pod only reads it. */
  readonly readOnly: boolean;
}

/** The namespace of an object. */
export function namespaceOf(resource: Judged): string {
  return textAt(resource.props, "metadata", "namespace") ?? "default";
}

/** The specification of the pods that a workload runs. */
export function podOf(workload: Judged): unknown {
  const spec = at(workload.props, "spec");
  if (workload.type === CRON_JOB) return at(spec, "jobTemplate", "spec", "template", "spec");
  return at(spec, "template", "spec") ?? spec;
}

/** The containers of a workload's pods, those that only prepare included. */
export function containersOf(workload: Judged): readonly unknown[] {
  const pod = podOf(workload);
  return [...listAt(pod, "initContainers"), ...listAt(pod, "containers")];
}

/** The volumes of a workload's pods. */
export function volumesOf(workload: Judged, stack: Stack): PodVolume[] {
  const written = listAt(podOf(workload), "volumes").map((source) => {
    const name = textAt(source, "name") ?? "";
    return { name, source, claim: claimNamed(source, workload, stack), readOnly: isReadOnly(name, source, workload) };
  });
  const made = claimTemplatesOf(workload).map((source) => {
    const name = textAt(source, "metadata", "name") ?? "";
    const [claim] = stack.where(CLAIM, workload.home, "metadata.name", claimName(workload, name));
    return { name, source: {}, claim, readOnly: isReadOnly(name, {}, workload) };
  });
  return [...written, ...made];
}

/** The claims that a StatefulSet makes for itself, as they are written in it. */
function claimTemplatesOf(workload: Judged): readonly unknown[] {
  return workload.type === STATEFUL_SET ? listAt(workload.props, "spec", "volumeClaimTemplates") : [];
}

/** Whether a workload is an application, by its name or the images that it runs. */
export function runs(workload: Judged, application: string): boolean {
  const images = containersOf(workload).map((container) => textAt(container, "image") ?? "");
  const names = [workload.name, textAt(workload.props, "metadata", "name") ?? "", ...images];
  return names.some((name) => name.toLowerCase().includes(application));
}

/** The volumes of a workload that its annotation calls disposable. */
export function disposableVolumesOf(workload: Judged): readonly string[] {
  return (textAt(workload.props, "metadata", "annotations", "homelab/disposable-volumes") ?? "")
    .split(",")
    .map((name) => name.trim());
}

/** The options with which a StorageClass or a persistent volume has its volumes mounted. */
export function mountOptionsOf(resource: Judged): readonly string[] {
  return [...textsAt(resource.props, "mountOptions"), ...textsAt(resource.props, "spec", "mountOptions")];
}

function claimNamed(source: unknown, workload: Judged, stack: Stack): Judged | undefined {
  const name = textAt(source, "persistentVolumeClaim", "claimName");
  if (name === undefined) return undefined;
  return stack
    .where(CLAIM, workload.home, "metadata.name", name)
    .find((claim) => namespaceOf(claim) === namespaceOf(workload));
}

function isReadOnly(name: string, source: unknown, workload: Judged): boolean {
  if (flagAt(source, "persistentVolumeClaim", "readOnly") || flagAt(source, "nfs", "readOnly")) return true;
  const mounts = containersOf(workload)
    .flatMap((container) => listAt(container, "volumeMounts"))
    .filter((mount) => textAt(mount, "name") === name);
  return mounts.length > 0 && mounts.every((mount) => flagAt(mount, "readOnly"));
}
