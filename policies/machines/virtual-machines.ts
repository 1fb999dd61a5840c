import type { Judged } from "../judged.ts";
import { at, flagAt, listAt, numberAt, textAt, textsAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { BACKUP_JOB, NETWORK_STORAGES, VIRTUAL_MACHINE } from "../tokens.ts";

/** A disk of a machine that it does not boot from. */
export interface DataDisk {
  /** Where it is attached, for example `scsi1`. */
  readonly slot: string;
  /** Whether a backup of the machine includes it. */
  readonly backedUp: boolean;
}

/** Whether a machine drives disks itself: it takes a controller or disks of its host, and is no mere user of a GPU. */
export function isStorageMachine(machine: Judged): boolean {
  const tags = textsAt(machine.props, "tags");
  if (tags.includes("storage")) return true;
  return passedDisksOf(machine).length > 0 || (devicesOf(machine).length > 0 && !tags.includes("gpu"));
}

/** The devices of the host that a machine takes, as they are written. */
export function devicesOf(machine: Judged): readonly unknown[] {
  return listAt(machine.props, "hostpcis");
}

/** What a device is called: its mapping, or its raw address. */
export function deviceName(device: unknown): string {
  return textAt(device, "mapping") ?? textAt(device, "id") ?? "";
}

/** The host's disks that a machine is given whole: those in no datastore. Where the others lie is known once they are made. */
export function passedDisksOf(machine: Judged): readonly unknown[] {
  return listAt(machine.props, "disks").filter(
    (disk) => textAt(disk, "datastoreId") === undefined && (textAt(disk, "pathInDatastore") ?? "").startsWith("/dev/"),
  );
}

/** The disks beside the one that the machine boots from; the first one where no boot order says. */
export function dataDisksOf(machine: Judged): DataDisk[] {
  const disks = listAt(machine.props, "disks");
  const boots = textsAt(machine.props, "bootOrders");
  const first = textAt(disks[0], "interface") ?? "";
  const starting = boots.length > 0 ? boots : [first];

  return disks
    .map((disk) => ({ slot: textAt(disk, "interface") ?? "", backedUp: at(disk, "backup") !== false }))
    .filter(({ slot }) => !starting.includes(slot));
}

/** The storage on a NAS to which a scheduled job backs a machine up. */
export function backupStorageOf(machine: Judged, stack: Stack): string | undefined {
  const jobs = stack.of(BACKUP_JOB).filter(({ home, props }) => home === machine.home && props["enabled"] !== false);
  const job = jobs.find(({ props }) => textAt(props, "schedule") !== undefined && includes(props, machine));
  const storage = job && textAt(job.props, "storage");
  const known = stack.of(...NETWORK_STORAGES).some(({ props }) => textAt(props, "resourceId") === storage);
  return known ? storage : undefined;
}

/** Proxmox's id of a machine. */
export function idOf(machine: Judged): number | undefined {
  return numberAt(machine.props, "vmId");
}

/** The host that runs a machine. */
export function nodeOf(machine: Judged): string {
  return textAt(machine.props, "nodeName") ?? machine.home;
}

/** The VLANs of a machine's network devices; one without a tag is in the native VLAN 1. */
export function vlansOf(machine: Judged): number[] {
  return listAt(machine.props, "networkDevices").map((device) => numberAt(device, "vlanId") ?? 1);
}

/** The machines of a host that use its storage machines. */
export function consumersOn(node: string, stack: Stack): Judged[] {
  return stack.known([VIRTUAL_MACHINE], (machine) => nodeOf(machine) === node && !isStorageMachine(machine));
}

function includes(job: unknown, machine: Judged): boolean {
  return flagAt(job, "all") || textsAt(job, "vmids").includes(String(idOf(machine)));
}
