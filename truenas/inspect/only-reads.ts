import { isRecord } from "../model/property.ts";
import type { Call } from "../model/resource-type.ts";

const BULK = "core.bulk";
/** Last words of methods that only ever read, in every namespace. */
const READING_VERBS: ReadonlySet<string> = new Set(["query", "config", "get_instance"]);
/** Other methods that only read. */
const READING_METHODS: ReadonlySet<string> = new Set([
  "alert.list",
  "cloud_backup.list_snapshots",
  "core.get_jobs",
  "disk.details",
  "filesystem.getacl",
  "filesystem.listdir",
  "filesystem.stat",
  "filesystem.statfs",
  "pool.snapshottask.delete_will_change_retention_for",
  "iscsi.global.sessions",
  "sharing.smb.getacl",
  "system.info",
  "system.ready",
  "system.state",
  "system.version_short",
]);

/** Why a call must not be sent where nothing may be changed; undefined for one that only reads, also in a bulk. */
export function refusalOfWrite(call: Call): string | undefined {
  const write = writeIn(call);
  if (write === undefined) return undefined;

  return `${write} may change something, and only what reads is sent here; nothing was sent`;
}

function writeIn({ method, params }: Call): string | undefined {
  if (method === BULK) return writeInBulk(params);
  const verb = method.split(".").at(-1) ?? "";

  return READING_VERBS.has(verb) || READING_METHODS.has(method) ? undefined : method;
}

/** A bulk is as harmless as what is in it; one of another form than ours is not understood, so it is refused. */
function writeInBulk(params: readonly unknown[]): string | undefined {
  const [method, items] = params;
  if (typeof method !== "string" || !Array.isArray(items) || isRecord(items)) return BULK;
  if (method !== BULK) return writeIn({ method, params: [] });
  for (const item of items) {
    const write = Array.isArray(item) ? writeInBulk(item) : BULK;
    if (write !== undefined) return write;
  }

  return undefined;
}
