import { ofKind } from "../../declared/stack.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";
import type { Row } from "../rows.ts";

const COUNTED = ["read_errors", "write_errors", "checksum_errors"] as const;

/** Pools are healthy, and no disk of theirs has made an error. */
export const poolsAreHealthy: Check = {
  name: "pool-is-healthy",
  doc: "Every declared pool is online and healthy, and neither its disks nor its last scrub count an error.",
  find: (subject) => seenIn(subject).flatMap(poolsOf),
};

function poolsOf({ name, declared, sight }: Seen): readonly Finding[] {
  return ofKind<{ name: string }>(declared, "Pool").map(({ inputs }) =>
    judged(
      name,
      inputs.name,
      sight.pools.find((row) => row["name"] === inputs.name),
    ),
  );
}

function judged(appliance: string, pool: string, row: Row | undefined): Finding {
  const about = { appliance, subject: pool, expected: "ONLINE, healthy, no errors" };
  const measure = (healthy: boolean) => [{ metric: "pool_healthy", value: healthy ? 1 : 0, labels: { pool } }];
  if (!row) {
    const remedy = "import the pool in TrueNAS; if its disks are lost, follow the runbook";
    return { ...about, status: "failed", found: "not there", remedy, measures: measure(false) };
  }
  const errors = errorsOf(row);
  const status = String(row["status"]);
  const detail = row["status_detail"] ? `: ${String(row["status_detail"])}` : "";
  const sound = status === "ONLINE" && row["healthy"] === true && errors.length === 0;
  if (sound) return { ...about, status: "passed", found: "ONLINE, healthy, no errors", measures: measure(true) };
  const found = [`${status}${detail}`, ...errors].join("; ");
  const remedy = "see zpool status on the appliance; replace the disk, or clear the errors once the cause is known";

  return { ...about, status: "failed", found, remedy, measures: measure(false) };
}

function errorsOf(row: Row): readonly string[] {
  const scan = row["scan"] as { readonly errors?: number | null } | null | undefined;
  const scrub = scan?.errors ? [`the last scrub met ${scan.errors} errors`] : [];
  const topology = (row["topology"] ?? {}) as Readonly<Record<string, readonly Row[]>>;

  return [...scrub, ...Object.values(topology).flat().flatMap(errorsBelow)];
}

/** Errors of disks, or of a vdev that has none of its disks' own. */
function errorsBelow(node: Row): readonly string[] {
  const below = ((node["children"] ?? []) as readonly Row[]).flatMap(errorsBelow);
  if (below.length > 0) return below;
  const stats = (node["stats"] ?? {}) as Readonly<Record<string, number>>;
  const counts = COUNTED.flatMap((name) => (stats[name] ? [`${stats[name]} ${name.replace("_", " ")}`] : []));
  const lost = node["unavail_disk"] as { readonly serial?: unknown } | null | undefined;
  const disk = lost?.serial ?? node["disk"] ?? node["name"];
  const gone = node["status"] !== "ONLINE" && node["type"] === "DISK" ? [String(node["status"])] : [];

  return [...gone, ...counts].length === 0 ? [] : [`${String(disk)}: ${[...gone, ...counts].join(", ")}`];
}
