import { createHash } from "node:crypto";
import { ValidationErrors } from "../../middleware/errors.ts";
import { bool, defaulted, int, type Kind, literal, nullable, str } from "../../middleware/kinds.ts";
import type { Context, Methods } from "../../middleware/method.ts";
import { type ObjectOf, union } from "../../middleware/models.ts";
import type { Dialect } from "../../versions.ts";
import { rowMethods, rowsOf, type Stored } from "../rows.ts";
import { volumeOf } from "./volumes.ts";

const NAMESPACE = "iscsi.extent";
const SERIAL_DIGITS = 15;
const LONGEST_SERIAL = 20;

const common = {
  name: str({ min: 1, max: 64 }),
  type: defaulted(literal("DISK", "FILE"), "DISK"),
  disk: defaulted(nullable(str()), null),
  serial: defaulted(nullable(str()), null),
  path: defaulted(nullable(str()), null),
  filesize: defaulted(union(str(), int()), "0"),
  blocksize: defaulted(literal(512, 1024, 2048, 4096), 512),
  pblocksize: defaulted(bool, false),
  avail_threshold: defaulted(nullable(int({ ge: 1, le: 99 })), null),
  comment: defaulted(str(), ""),
  insecure_tpc: defaulted(bool, true),
  xen: defaulted(bool, false),
  rpm: defaulted(literal("UNKNOWN", "SSD", "5400", "7200", "10000", "15000"), "SSD"),
  ro: defaulted(bool, false),
  enabled: defaulted(bool, true),
};
const product: Kind<string | null> = defaulted(nullable(str({ min: 1, max: 16 })), null);

type Extent = ObjectOf<typeof common>;

function checkDisk(
  { state }: Context,
  errors: ValidationErrors,
  prefix: string,
  disk: string,
  others: readonly Extent[],
) {
  const volume = volumeOf(disk);
  if (state.datasets.get(volume)?.type !== "VOLUME")
    errors.add(`${prefix}.disk`, `Device '/dev/${disk}' for volume '${volume}' does not exist`);
  const user = others.find((other) => other.disk === disk);
  if (user !== undefined) errors.add(`${prefix}.disk`, `Disk currently in use by extent ${user.name}`);
}

function checked(context: Context, prefix: string, wanted: Extent, old: Stored<typeof common> | undefined): Extent {
  const errors = new ValidationErrors();
  const others = rowsOf<typeof common>(context, NAMESPACE)
    .values()
    .filter(({ id }) => id !== old?.id);
  const { name, type, disk } = wanted;
  const digest = createHash("sha256")
    .update(`${context.state.facts.get("hostname")} ${name}`)
    .digest("hex");
  const serial = wanted.serial ?? digest.slice(0, SERIAL_DIGITS);
  if (name.includes('"')) errors.add(`${prefix}.name`, "Double quotes are not allowed");
  if (others.some((other) => other.name === name)) errors.add(`${prefix}.name`, "Extent name must be unique");
  if (serial.length > LONGEST_SERIAL)
    errors.add(`${prefix}.serial`, `Extent serial can not exceed ${LONGEST_SERIAL} characters`);
  if (others.some((other) => other.serial === serial)) errors.add(`${prefix}.serial`, "Serial number must be unique");
  if (type === "FILE" && !wanted.path) throw errors.add(`${prefix}.path`, "This field is required");
  if (type === "DISK" && !disk) throw errors.add(`${prefix}.disk`, "This field is required");
  if (disk && !disk.startsWith("zvol/")) throw errors.add(`${prefix}.disk`, 'Disk name must start with "zvol/"');
  if (disk) checkDisk(context, errors, prefix, disk, others);
  errors.check();
  if (disk) setReadonly(context, volumeOf(disk), wanted.ro);
  return { ...wanted, serial, path: type === "DISK" ? disk : wanted.path };
}

// The volume itself follows what the extent allows.
function setReadonly({ state }: Context, volume: string, ro: boolean): void {
  const row = state.datasets.get(volume);
  if (row !== undefined)
    state.datasets.put(volume, { ...row, properties: { ...row.properties, readonly: ro ? "on" : "off" } });
}

function removed({ state }: Context, { id }: { id: number }): void {
  const mappings = state.table<{ id: number; extent: number }>("iscsi.targetextent");
  for (const mapping of mappings.values().filter((one) => one.extent === id)) mappings.delete(mapping.id);
}

function entry(_context: Context, extent: Stored<typeof common>): Record<string, unknown> {
  const digest = createHash("sha256").update(`naa ${extent.serial}`).digest("hex");
  return { ...extent, naa: `0x6589cfc0${digest.slice(0, 24)}`, vendor: "TrueNAS", locked: false };
}

/** `iscsi.extent.*` of a release: volumes as disks. */
export function iscsiExtentMethods(dialect: Dialect): Methods {
  const newer = { ...common, product_id: product };
  return rowMethods<typeof common>({
    namespace: NAMESPACE,
    noun: "iSCSITargetExtent",
    shape: dialect === "25.04" ? common : newer,
    arguments: ["iscsi_extent_create", "iscsi_extent_update"],
    prefixes: ["iscsi_extent_create", "iscsi_extent_update"],
    checked,
    entry: (context, extent) => {
      const shown = entry(context, extent);
      return dialect === "25.04" ? shown : { ...shown, product_id: shown["product_id"] ?? "iSCSI Disk" };
    },
    deletion: { remove: defaulted(bool, false), force: defaulted(bool, false) },
    removed,
  });
}
