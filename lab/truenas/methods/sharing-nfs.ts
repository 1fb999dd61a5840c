import { InstanceNotFound } from "../middleware/errors.ts";
import { any, bool, defaulted, int, literal, nullable, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, list, model, partial } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { NfsShareRow } from "../state/rows.ts";
import { checkedNfsShare } from "./sharing-nfs-rules.ts";

const nonEmpty = str({ min: 1 });
const mapped = defaulted(nullable(str()), null);

const shape = {
  path: nonEmpty,
  aliases: defaulted(list(nonEmpty), []),
  comment: defaulted(str(), ""),
  networks: defaulted(list(nonEmpty), []),
  hosts: defaulted(list(nonEmpty), []),
  ro: defaulted(bool, false),
  maproot_user: mapped,
  maproot_group: mapped,
  mapall_user: mapped,
  mapall_group: mapped,
  security: defaulted(list(literal("SYS", "KRB5", "KRB5I", "KRB5P")), []),
  enabled: defaulted(bool, true),
  expose_snapshots: defaulted(bool, false),
};

const shareCreate = model("NfsShareCreate", shape);
const shareUpdate = partial("NfsShareUpdate", shape);

const entry = (row: NfsShareRow) => ({ ...row, locked: false });

function instance({ state }: Context, id: number): NfsShareRow {
  const row = state.nfsShares.get(id);
  if (row === undefined) throw new InstanceNotFound(`SharingNFS ${id} does not exist`);
  return row;
}

/** `sharing.nfs.*`: exports. */
export const sharingNfsMethods: Methods = {
  "sharing.nfs.query": method({ filters: queryFilters, options: queryOptions }, ({ state }, { filters, options }) =>
    filterList(state.nfsShares.values().map(entry), filters, options),
  ),
  "sharing.nfs.get_instance": method({ id: int(), options: defaulted(dictionary(any), {}) }, (context, { id }) =>
    entry(instance(context, id)),
  ),
  "sharing.nfs.create": method(
    { data: shareCreate },
    (context, { data }) => {
      const share = checkedNfsShare(context, "sharingnfs_create", data);
      const id = context.state.next("nfs");
      return entry(context.state.nfsShares.put(id, { id, ...share }));
    },
    { writes: true },
  ),
  "sharing.nfs.update": method(
    { id: int(), data: shareUpdate },
    (context, { id, data }) => {
      const wanted = { ...instance(context, id), ...data } as NfsShareRow;
      const share = checkedNfsShare(context, "sharingnfs_update", wanted, id);
      return entry(context.state.nfsShares.put(id, { ...share, id }));
    },
    { writes: true },
  ),
  "sharing.nfs.delete": method(
    { id: int() },
    (context, { id }) => {
      instance(context, id);
      return context.state.nfsShares.delete(id);
    },
    { writes: true },
  ),
};
