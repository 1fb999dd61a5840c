import { CallError } from "../middleware/errors.ts";
import { absent, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { model, type ObjectOf } from "../middleware/models.ts";
import { exportedPools, importPool } from "../zfs/exported-pools.ts";
import { poolNamed } from "../zfs/pool-members.ts";
import { addScrubRow } from "../zfs/scrub.ts";

const importArgument = { guid: str(), name: absent(str({ min: 1 })) };

function imported({ state }: Context, { guid, name }: ObjectOf<typeof importArgument>): true {
  if (state.pools.values().some((pool) => pool.guid === guid))
    throw new CallError(`Pool with guid: "${guid}" already imported`, "EEXIST");
  const pool = exportedPools(state).find((waiting) => waiting.guid === guid);
  if (pool === undefined) throw new CallError(`Pool with guid "${guid}" not found`, "ENOENT");
  if (name !== undefined && name !== pool.name)
    throw new CallError("the simulated appliance imports pools under their own name only");
  if (poolNamed(state, pool.name) !== undefined)
    throw new CallError(`A pool with this name already exists: ${pool.name}`, "EEXIST");
  const id = state.next("pool");
  importPool(state, guid, id);
  addScrubRow(state, id);
  return true;
}

/** `pool.import_*`: pools that are on the disks and that the appliance does not know. */
export const poolImportMethods: Methods = {
  "pool.import_find": method(
    {},
    ({ state }) =>
      exportedPools(state).map(({ name, guid }) => ({ name, guid, status: "ONLINE", hostname: "truenas" })),
    { job: {} },
  ),
  "pool.import_pool": method(
    { pool_import: model("PoolImport", importArgument) },
    (context, { pool_import }) => imported(context, pool_import),
    { job: { lock: "import_pool" }, writes: true },
  ),
};
