import type { Values } from "./property.ts";
import type { Call, Change, PlanContext, Removal, Row } from "./resource-type.ts";

interface RowCalls {
  readonly create: (inputs: Values, context: PlanContext) => readonly Call[];
  readonly update: (change: Change, context: PlanContext) => readonly Call[];
  readonly removal: Removal;
}

/** Create, update and delete of the middleware's ordinary row objects: `X.create OBJ`, `X.update ID PART`, `X.delete ID`. */
export function rowCalls(namespace: string, payload: (values: Values, context: PlanContext) => Values): RowCalls {
  return {
    create: (inputs, context) => [{ method: `${namespace}.create`, params: [payload(inputs, context)] }],
    update: (change, context) => {
      const part = payload(change.changed, context);
      const rowId = change.rowId ?? `<row of ${change.id}>`;
      return Object.keys(part).length > 0 ? [{ method: `${namespace}.update`, params: [rowId, part] }] : [];
    },
    removal: {
      kind: "call",
      call: (_id: string, row: Row) => ({ method: `${namespace}.delete`, params: [row["id"]] }),
    },
  };
}
