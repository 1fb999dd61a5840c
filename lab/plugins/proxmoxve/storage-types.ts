import type { InputRule } from "../resource-type.ts";
import { block, choice, flag, formed, list, text, whole } from "../rules.ts";
import type { WireMap } from "../values.ts";
import { type ObjectType, objectType } from "./object-type.ts";

const contents = list(choice(["backup", "images", "import", "iso", "rootdir", "snippets", "vztmpl"]));
const kept = whole(0, 1_000_000);
const backups = block({
  keepAll: flag(),
  keepDaily: kept,
  keepHourly: kept,
  keepLast: kept,
  keepMonthly: kept,
  keepWeekly: kept,
  keepYearly: kept,
  maxProtectedBackups: whole(-1, 1_000_000),
});

const COMMON: Readonly<Record<string, InputRule>> = {
  resourceId: formed(/^[a-z][a-z0-9\-_.]*[a-z0-9]$/i, "a letter, then letters, digits and - _ .", {
    required: true,
    replaces: true,
  }),
  contents,
  disable: flag(),
  nodes: list(),
};

const storage = (inputs: Readonly<Record<string, InputRule>>): ObjectType => ({
  kind: "storage",
  inputs: { ...COMMON, ...inputs },
  idOf: ({ resourceId }) => String(resourceId),
});

const nfs = storage({
  server: text({ required: true, replaces: true }),
  export: text({ required: true, replaces: true }),
  options: text(),
  preallocation: text({ replaces: true }),
  snapshotAsVolumeChain: flag({ replaces: true }),
  createBasePath: flag(),
  createSubdirs: flag(),
  backups,
});

const zfspool = storage({
  zfsPool: text({ required: true, replaces: true }),
  blocksize: text(),
  thinProvision: flag(),
});

const directory = storage({
  path: text({ required: true, replaces: true }),
  preallocation: text(),
  shared: flag(),
  createBasePath: flag(),
  createSubdirs: flag(),
  backups,
});

const CHECKSUMS = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];
const FOLDERS: Readonly<Record<string, string>> = { import: "import", iso: "iso", vztmpl: "vztmpl" };

const file: ObjectType = {
  kind: "file",
  inputs: {
    nodeName: text({ required: true, replaces: true }),
    datastoreId: text({ required: true, replaces: true }),
    contentType: choice(Object.keys(FOLDERS), { required: true, replaces: true }),
    url: formed(/^https?:\/\/.+$/, "an address that starts with https://", { required: true, replaces: true }),
    fileName: text({ replaces: true }),
    checksum: text({ replaces: true }),
    checksumAlgorithm: choice(CHECKSUMS, { replaces: true }),
    decompressionAlgorithm: choice(["gz", "lzo", "zst", "bz2"], { replaces: true }),
    overwrite: flag({ default: true }),
    overwriteUnmanaged: flag({ default: false }),
    uploadTimeout: whole(),
    verify: flag({ default: true }),
  },
  idOf: (inputs) => `${inputs["nodeName"]} ${volumeOf(inputs)}`,
  computed: ["size"],
  outputs: () => ({ size: 1_000_000_000 }),
  check: ({ checksum, checksumAlgorithm }) =>
    (checksum === undefined) === (checksumAlgorithm === undefined)
      ? []
      : [{ property: "checksum", reason: "goes with checksumAlgorithm" }],
  refuses({ datastoreId, contentType }, datacenter) {
    const known = datacenter.get("storage", String(datastoreId));
    if (!known) return `storage '${datastoreId}' does not exist`;
    const allowed = (known["contents"] as string[] | undefined) ?? [];
    const fits = allowed.includes(String(contentType));
    return fits ? undefined : `storage '${datastoreId}' does not support content-type '${contentType}'`;
  },
};

function volumeOf({ datastoreId, contentType, fileName, url }: WireMap): string {
  const name = fileName ?? String(url).split("/").at(-1);
  return `${datastoreId}:${FOLDERS[String(contentType)]}/${name}`;
}

/** Where a host keeps disks and files, and what it downloads. */
export const STORAGE_TYPES = {
  "proxmoxve:storage/nfs:Nfs": objectType(nfs),
  "proxmoxve:storage/zfspool:Zfspool": objectType(zfspool),
  "proxmoxve:storage/directory:Directory": objectType(directory),
  "proxmoxve:download/file:File": objectType(file),
};
