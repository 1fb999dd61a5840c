import { MidcltError } from "../midclt/errors.ts";
import type { Values } from "../model/property.ts";
import { isRecord } from "../model/property.ts";
import { Refused } from "../model/refused.ts";
import type { Removal, Row } from "../model/resource-type.ts";
import type { Appliance } from "./appliance.ts";
import type { Request } from "./create.ts";
import { findRow } from "./objects.ts";
import type { Recorded } from "./read.ts";
import { forget, writeSafely } from "./write.ts";

/**
 * What ZFS itself uses of a file system or volume that nobody has written to: a few blocks of metadata, with the
 * parity of a wide RAIDZ. A file system must have no entry besides.
 */
const EMPTY_BYTES = 512 * 1024;

const TWO_STEPS = "state retain for it and run up, then delete the line and run up again: the data stays";

/** Removes the object as its type allows; one that is gone already is no error. */
export async function deleteObject(request: Request, id: string, { inputs, outputs }: Recorded): Promise<void> {
  const { removal } = request.type;
  switch (removal.kind) {
    case "leave":
      return;
    case "never":
      throw new Refused(
        `${request.appliance.label}: ${removal.noun} "${id}" is never destroyed by this program. To take it out, ${TWO_STEPS}`,
      );
    case "guarded":
      return await deleteGuarded(request, id, inputs, removal);
    case "call":
      return await remove(request, { id, rowId: outputs["rowId"], inputs }, removal);
  }
}

async function deleteGuarded(
  request: Request,
  id: string,
  inputs: Values,
  removal: Removal & { kind: "guarded" },
): Promise<void> {
  const { appliance } = request;
  if (inputs["onDestroy"] !== "destroy") {
    throw new Refused(
      `${appliance.label}: ${removal.noun} "${id}" is not destroyed, because its onDestroy is not "destroy". To take it out, ${TWO_STEPS}`,
    );
  }
  forget(appliance, request.type);
  const row = await findRow(appliance, request.type, id);
  if (!row) return;
  const refuseFull = async (seen: Row) => {
    const contents = await contentsOf(request, id, seen);
    if (contents.length === 0) return;
    throw new Refused(
      `${appliance.label}: ${removal.noun} "${id}" is not destroyed, because it is not empty: it has ${contents.join(", ")}. To take it out, ${TWO_STEPS}`,
    );
  };
  await refuseFull(row);
  await remove(request, { id, inputs }, removal, refuseFull);
}

/**
 * One of the same name that somebody made in place of ours is not ours to remove. After a delete without an answer it is
 * looked for: one that is gone is deleted, one that is there is judged anew.
 */
async function remove(
  request: Request,
  { id, rowId, inputs }: { readonly id: string; readonly rowId?: unknown; readonly inputs: Values },
  removal: Removal & { kind: "call" | "guarded" },
  judge: (row: Row) => Promise<void> = async () => undefined,
): Promise<void> {
  const { appliance, type } = request;
  const row = await findRow(appliance, type, id, undefined, rowId);
  if (!row || (rowId !== undefined && row["id"] !== rowId)) return;
  if (removal.kind === "call" && removal.leaves?.(row)) return;
  const refusal = removal.kind === "call" ? removal.refusal?.(id, row, appliance.host) : undefined;
  if (refusal) throw new Refused(`${appliance.label}: ${refusal}`);
  try {
    await writeSafely(appliance, type, removal.call(id, row, inputs), async () => {
      const left = await findRow(appliance, type, id, undefined, rowId);
      if (!left || left["id"] !== row["id"]) return row;
      await judge(left);
      return undefined;
    });
  } catch (error) {
    if (!(error instanceof MidcltError) || error.kind !== "not-found") throw error;
    forget(appliance, type);
    const left = await findRow(appliance, type, id, undefined, rowId);
    // What is not there is something that the object refers to.
    if (left?.["id"] === row["id"]) throw error;
  } finally {
    forget(appliance, type);
    for (const namespace of type.invalidates?.delete ?? []) appliance.reads.forget(namespace);
  }
}

/** What would be lost, in words; nothing when the object is empty. */
async function contentsOf(request: Request, id: string, row: Row): Promise<readonly string[]> {
  const { appliance } = request;
  const rows = await appliance.reads.rows("pool.dataset");
  const children = rows.filter((other) => String(other["id"]).startsWith(`${id}/`)).length;
  const snapshots = await countSnapshots(request, id);
  const used = bytesOf(row, "usedbydataset") ?? 0;
  const mountpoint = row["type"] === "FILESYSTEM" ? row["mountpoint"] : undefined;
  const files = typeof mountpoint === "string" ? await filesAt(appliance, mountpoint, id) : undefined;

  return [
    ...(children > 0 ? [`${children} below it`] : []),
    ...(snapshots > 0 ? [`${snapshots} snapshots`] : []),
    ...(files ? [files] : []),
    ...(used > EMPTY_BYTES ? [`${used} bytes of data`] : []),
  ];
}

/** What can be said of its files; where it is not mounted, an empty directory says nothing about them, so that it stays. */
async function filesAt(appliance: Appliance, mountpoint: string, id: string): Promise<string | undefined> {
  const [mounted, entries] = await Promise.all([
    appliance.read({ method: "filesystem.statfs", params: [mountpoint] }).catch(absent),
    appliance.read({ method: "filesystem.listdir", params: [mountpoint, [], { limit: 1 }] }).catch(absent),
  ]);
  if (!isRecord(mounted) || mounted["source"] !== id) {
    throw new Refused(
      `${appliance.label}: dataset "${id}" is not destroyed, because it is not mounted and what it holds cannot be seen; unlock or mount it first. To take it out, ${TWO_STEPS}`,
    );
  }

  return Array.isArray(entries) && entries.length > 0 ? "files" : undefined;
}

function absent(error: unknown): undefined {
  if (!(error instanceof MidcltError) || error.kind !== "not-found") throw error;
}

async function countSnapshots(request: Request, id: string): Promise<number> {
  const { appliance } = request;
  const namespace = (await appliance.dialect()) === "25.04" ? "zfs.snapshot" : "pool.snapshot";
  const found = await appliance.read({
    method: `${namespace}.query`,
    params: [[["dataset", "=", id]], { select: ["name"] }],
  });

  return Array.isArray(found) ? found.length : 0;
}

function bytesOf(row: Row, name: string): number | undefined {
  const cell = row[name];

  return isRecord(cell) && cell["parsed"] !== null ? Number(cell["parsed"]) : undefined;
}
