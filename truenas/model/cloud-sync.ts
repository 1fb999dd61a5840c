import { adopt } from "./adopt.ts";
import { type Attributes, cloudTask, cloudTaskProperties, PATH_LIMIT } from "./cloud-task.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { defineType, type Problem } from "./resource-type.ts";

const { bucket, ...task } = cloudTaskProperties;
const { required: _required, ...bucketIfAny } = bucket;

const properties = {
  ...task,
  bucket: { ...bucketIfAny, doc: "Bucket, which exists already; providers without buckets have none." },
  path: {
    kind: "string",
    doc: "The directory below /mnt whose files go to the cloud, or into which they come.",
    required: true,
    rule: "directoryPath",
    compare: "trimmed",
    maxLength: PATH_LIMIT,
  },
  direction: {
    kind: "enum",
    doc: "PUSH brings files to the cloud, PULL brings them here.",
    values: ["PUSH", "PULL"],
    required: true,
  },
  transferMode: {
    kind: "enum",
    doc: "SYNC deletes in the target what the source has not, COPY deletes nothing, MOVE deletes in the source.",
    values: ["SYNC", "COPY", "MOVE"],
    required: true,
  },
  include: {
    kind: "list",
    doc: "Patterns of what alone is meant; empty is everything.",
    items: { kind: "string", doc: "A name, or a path from the task's own.", rule: "notBlank", maxLength: 1024 },
    default: [],
  },
  encryption: { kind: "boolean", doc: "Encrypts contents before they leave. Default false.", default: false },
  filenameEncryption: { kind: "boolean", doc: "Encrypts names too. Default false.", default: false },
  encryptionPassword: {
    kind: "string",
    doc: "Password of the encryption. Without it nobody can read the files ever again.",
    default: "",
    secret: true,
    writeOnly: true,
    maxLength: 1024,
  },
  encryptionSalt: {
    kind: "string",
    doc: "Further secret that the encryption needs; default none.",
    default: "",
    secret: true,
    writeOnly: true,
    maxLength: 1024,
  },
  createEmptySrcDirs: { kind: "boolean", doc: "Makes empty directories too. Default false.", default: false },
  followSymlinks: { kind: "boolean", doc: "Brings what links point to. Default false.", default: false },
  transfers: {
    kind: "integer",
    doc: "Files that travel at once; default is rclone's own number.",
    default: null,
    min: 1,
    unit: "files",
  },
  bwlimit: {
    kind: "list",
    doc: "Limits of what is sent or fetched in a second, by time of day, earliest first. Default none.",
    items: {
      kind: "object",
      doc: "A limit from a time of day on.",
      typeName: "BandwidthLimit",
      fields: {
        time: { kind: "string", doc: "From when on, HH:MM.", required: true, rule: "clockTime", compare: "clock" },
        bandwidth: { kind: "integer", doc: "Bytes in a second; 0 is no limit.", required: true, min: 0, nullIs: 0 },
      },
    },
    default: [],
  },
  storageClass: {
    kind: "enum",
    doc: "Storage class, for S3. Default the bucket's own.",
    values: [
      ...["", "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER"],
      ...["GLACIER_IR", "DEEP_ARCHIVE"],
    ],
    default: "",
  },
  fastList: { kind: "boolean", doc: "Fewer requests for more memory. Default false.", default: false },
  adopt: adopt("a task of this description"),
} as const satisfies Properties;

const ATTRIBUTES: Attributes = {
  bucket: "bucket",
  folder: "folder",
  storageClass: "storage_class",
  fastList: "fast_list",
};

/** Files that are brought to a cloud or back, as they are. */
export const cloudSync = defineType({
  name: "CloudSync",
  doc: "Files that are brought to a cloud or back on a schedule, as they are or encrypted one by one. Taking it out of the program leaves the files where they are.",
  properties,
  ...cloudTask("cloudsync", properties, ATTRIBUTES),
  unread: ({ values }) => (values["encryption"] === true ? ["encryptionPassword"] : []),
  check,
});

function check(inputs: Values): readonly Problem[] {
  return [...checkSnapshot(inputs), ...checkEncryption(inputs), ...checkLimits(inputs)];
}

function checkSnapshot({ snapshot, direction, transferMode }: Values): readonly Problem[] {
  const refuse = (reason: string) => [{ property: "snapshot", reason }];
  if (snapshot !== true) return [];
  if (direction === "PULL") return refuse("snapshot is read from, and PULL reads from the cloud; leave it out");

  return transferMode === "MOVE" ? refuse("snapshot cannot be emptied, which MOVE would do; leave it out") : [];
}

function checkEncryption({ encryption, encryptionPassword, ...inputs }: Values): readonly Problem[] {
  const missing = encryptionPassword === undefined || encryptionPassword === "";
  if (encryption === true && missing)
    return [{ property: "encryptionPassword", reason: "encryption needs encryptionPassword; state it" }];
  if (encryption !== undefined && encryption !== false) return [];
  const idle = [
    ...(missing ? [] : ["encryptionPassword"]),
    ...(inputs["encryptionSalt"] === undefined || inputs["encryptionSalt"] === "" ? [] : ["encryptionSalt"]),
    ...(inputs["filenameEncryption"] === true ? ["filenameEncryption"] : []),
  ];

  return idle.map((property) => ({
    property,
    reason: `${property} has no meaning without encryption; state encryption: true, or leave it out`,
  }));
}

function checkLimits({ bwlimit }: Values): readonly Problem[] {
  if (!Array.isArray(bwlimit)) return [];
  const times = bwlimit.map((limit) => (isRecord(limit) ? String(limit["time"]) : ""));

  return times.flatMap((time, index) => {
    const before = times[index - 1];
    const property = `bwlimit[${index}].time`;
    if (/^\d:/.test(time)) {
      const reason = `time "${time}" has one digit before the colon; write 0${time}, since TrueNAS compares these times letter by letter`;
      return [{ property, reason }];
    }
    return before !== undefined && before >= time
      ? [{ property, reason: `${time} does not come after ${before}; state the limits from the earliest on` }]
      : [];
  });
}
