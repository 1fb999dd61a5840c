import { ValidationErrors } from "../middleware/errors.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import type { ObjectOf } from "../middleware/models.ts";
import { type ReplicationRow, replicationsOf } from "../replication/task-row.ts";
import { replicationEntry } from "./replication-entry.ts";
import { replicationShape } from "./replication-models.ts";
import { checkReplication, type WantedReplication } from "./replication-rules.ts";
import { rowMethods } from "./rows.ts";

type Stored = ObjectOf<typeof replicationShape>;

function checked(context: Context, prefix: string, wanted: ReplicationRow, old: ReplicationRow | undefined) {
  const errors = new ValidationErrors();
  const others = replicationsOf(context.state)
    .values()
    .filter(({ id }) => id !== old?.id);
  if (others.some(({ name }) => name === wanted.name))
    errors.add(`${prefix}.name`, "Object with this name already exists");
  checkReplication(context, errors, prefix, wanted as unknown as WantedReplication);
  errors.check();
  return { ...wanted, state: old?.state ?? { state: "PENDING" } };
}

const crud = rowMethods<typeof replicationShape>({
  namespace: "replication",
  noun: "Replication",
  shape: replicationShape,
  arguments: ["replication_create", "replication_update"],
  prefixes: ["replication_create", "replication_update"],
  checked: (context, prefix, wanted, old) =>
    checked(
      context,
      prefix,
      wanted as unknown as ReplicationRow,
      old as unknown as ReplicationRow | undefined,
    ) as unknown as Stored,
  entry: (context, row) => replicationEntry(context.state, row as unknown as ReplicationRow, context.clock.time),
});

function namingSchemas({ state }: Context): string[] {
  const own = state.snapshotTasks.values().map(({ naming_schema }) => naming_schema);
  const replicated = replicationsOf(state)
    .values()
    .flatMap((row) => [...row.naming_schema, ...row.also_include_naming_schema]);
  return [...new Set([...own, ...replicated])].sort();
}

/** `replication.*`: sending snapshots to another appliance, fetching them from there, or copying them here. */
export const replicationMethods: Methods = {
  ...crud,
  "replication.list_naming_schemas": method({}, (context) => namingSchemas(context)),
};
