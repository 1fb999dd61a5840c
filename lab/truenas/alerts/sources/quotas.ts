import { usersOf } from "../../accounts.ts";
import { nodeAt } from "../../filesystem/nodes.ts";
import type { DatasetRow } from "../../state/rows.ts";
import { mountpoint, poolOf } from "../../zfs/dataset-tree.ts";
import { limitBytes, userProperties } from "../../zfs/properties.ts";
import { humanSize } from "../../zfs/sizes.ts";
import { available, poolBytes, usage } from "../../zfs/space.ts";
import type { Found } from "../alert-row.ts";
import type { AlertSource } from "../alert-source.ts";
import type { Desk } from "../desk.ts";

const MINUTE_MS = 60_000;
const DEFAULTS = { warning: 80, critical: 95 } as const;

/** A threshold in percent; what is no number turns the quota's alerts off, as 0 does. */
function threshold(desk: Desk, dataset: DatasetRow, kind: string, step: keyof typeof DEFAULTS): number {
  const raw = userProperties(desk.state, dataset).get(`org.freenas:${kind}_${step}`)?.raw;
  if (raw === undefined) return DEFAULTS[step];
  return /^-?\d+$/.test(raw) ? Math.abs(Number(raw)) : 0;
}

function usedOf({ state }: Desk, dataset: DatasetRow, kind: "quota" | "refquota", limit: number): number | undefined {
  if (kind === "refquota") return usage(state, dataset).dataset;
  const refquota = limitBytes(dataset, "refquota");
  if (refquota > 0 && refquota < limit) return undefined;
  if (limit > poolBytes(state, poolOf(dataset.id))) return undefined;
  return limit - available(state, dataset);
}

function owner({ state, host }: Desk, dataset: DatasetRow, name: string): Pick<Found, "mail"> {
  const uid = nodeAt(state, mountpoint(dataset.id))?.uid ?? 0;
  const email = usersOf(state)
    .values()
    .find((user) => user.uid === uid)?.email;
  return uid === 0 || !email
    ? {}
    : { mail: { to: [email], subject: `${host}: ${name} exceeded on dataset ${dataset.id}` } };
}

function judged(desk: Desk, dataset: DatasetRow, kind: "quota" | "refquota"): Found[] {
  const limit = limitBytes(dataset, kind);
  if (limit === 0) return [];
  const [warning, critical] = [threshold(desk, dataset, kind, "warning"), threshold(desk, dataset, kind, "critical")];
  if (warning === 0 || critical === 0) return [];
  const used = usedOf(desk, dataset, kind, limit);
  if (used === undefined) return [];
  const fraction = (100 * used) / limit;
  if (fraction < warning) return [];
  const name = kind === "quota" ? "Quota" : "Refquota";
  return [
    {
      klass: fraction >= critical ? "QuotaCritical" : "QuotaWarning",
      args: {
        ...{ name, dataset: dataset.id, used_fraction: fraction },
        ...{ used: humanSize(used), quota_value: humanSize(limit) },
      },
      key: [dataset.id, kind],
      ...owner(desk, dataset, name),
    },
  ];
}

/** How full quotas are, by each dataset's own thresholds. */
export const quotas: AlertSource = {
  name: "Quota",
  every: (dialect) => (dialect === "25.04" ? 5 : 60) * MINUTE_MS,
  reads: ({ pools, datasets, snapshots, poolConditions }) => [pools, datasets, snapshots, poolConditions],
  look: (desk) =>
    desk.state.datasets
      .values()
      .filter(({ type }) => type === "FILESYSTEM")
      .flatMap((dataset) => [...judged(desk, dataset, "quota"), ...judged(desk, dataset, "refquota")]),
};
