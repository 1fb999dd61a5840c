import type { Judged } from "../judged.ts";
import { at, textAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { STORAGE_CLASS, VOLUME } from "../tokens.ts";

/** What keeps a volume's data. */
export type Backend = "nfs" | "iscsi" | "smb" | "longhorn" | "ceph" | "local" | "unknown";

/** Backends whose data lies on the NAS. */
export const ON_NAS: readonly Backend[] = ["nfs", "iscsi", "smb"];

const BY_DRIVER: readonly (readonly [RegExp, Backend])[] = [
  [/ceph/, "ceph"],
  [/longhorn/, "longhorn"],
  [/local|no-provisioner|host-?path/, "local"],
  [/iscsi/, "iscsi"],
  [/nfs/, "nfs"],
  [/smb|cifs/, "smb"],
];

const BY_SOURCE: readonly (readonly [string, Backend])[] = [
  ["nfs", "nfs"],
  ["iscsi", "iscsi"],
  ["hostPath", "local"],
  ["local", "local"],
  ["cephfs", "ceph"],
  ["rbd", "ceph"],
];

/** What a StorageClass keeps its volumes on, by its provisioner and what it is told. */
export function backendOfClass(storageClass: Judged): Backend {
  const { props } = storageClass;
  const said = [
    textAt(props, "provisioner"),
    textAt(props, "parameters", "protocol"),
    textAt(props, "parameters", "fsType"),
  ];
  return backendNamed(said.filter((word) => word !== undefined).join(" "));
}

/** What a persistent volume lies on. */
export function backendOfVolume(volume: Judged): Backend {
  const spec = at(volume.props, "spec");
  const source = BY_SOURCE.find(([key]) => at(spec, key) !== undefined);
  return source?.[1] ?? backendNamed(textAt(spec, "csi", "driver") ?? "");
}

/** What a claim's volume lies on: the volume that it names, else its class, else what the name of the class says. */
export function backendOfClaim(claim: Judged, stack: Stack): Backend {
  const volume = volumeOf(claim, stack);
  if (volume) return backendOfVolume(volume);
  const name = textAt(claim.props, "spec", "storageClassName") ?? "";
  const storageClass = stack.where(STORAGE_CLASS, claim.home, "metadata.name", name)[0];
  return storageClass ? backendOfClass(storageClass) : backendNamed(name);
}

/** The persistent volume that a claim names. */
export function volumeOf(claim: Judged, stack: Stack): Judged | undefined {
  const name = textAt(claim.props, "spec", "volumeName");
  return name === undefined ? undefined : stack.where(VOLUME, claim.home, "metadata.name", name)[0];
}

function backendNamed(words: string): Backend {
  return BY_DRIVER.find(([pattern]) => pattern.test(words))?.[1] ?? "unknown";
}
