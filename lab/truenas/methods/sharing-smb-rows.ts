import { InstanceNotFound } from "../middleware/errors.ts";
import { any, defaulted, int } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { SmbShareRow } from "../state/rows.ts";

/** The share of a row id, or the reason that there is none. */
export function smbShare({ state }: Context, id: number): SmbShareRow {
  const row = state.smbShares.get(id);
  if (row === undefined) throw new InstanceNotFound(`SharingSMB ${id} does not exist`);
  return row;
}

/** What every release does alike with SMB shares: `query`, `get_instance` and `delete`, rows shown as `entry` says. */
export const smbShareMethods = (entry: (row: SmbShareRow) => Readonly<Record<string, unknown>>): Methods => ({
  "sharing.smb.query": method({ filters: queryFilters, options: queryOptions }, ({ state }, { filters, options }) =>
    filterList(state.smbShares.values().map(entry), filters, options),
  ),
  "sharing.smb.get_instance": method({ id: int(), options: defaulted(dictionary(any), {}) }, (context, { id }) =>
    entry(smbShare(context, id)),
  ),
  "sharing.smb.delete": method(
    { id: int() },
    (context, { id }) => {
      smbShare(context, id);
      return context.state.smbShares.delete(id);
    },
    { writes: true },
  ),
});
