import type { RowNamespace, SelectedNamespace } from "./namespaces.ts";
import { fromWire, toWire } from "./payload.ts";
import type { Properties, Values } from "./property.ts";
import type { Live, PlanContext, ResourceType, Row } from "./resource-type.ts";
import { rowCalls } from "./row-calls.ts";

/** What the middleware computes for every row. */
const outputs = { rowId: { kind: "integer", doc: "Row id in the middleware." } } as const satisfies Properties;

type RowObject = Pick<ResourceType, "reading" | "live" | "create" | "update" | "removal"> & {
  readonly outputs: typeof outputs;
};

/** How an object is read and written that is one row of a namespace, field by field as its properties say. */
export function rowObject(
  namespace: RowNamespace | SelectedNamespace,
  properties: Properties,
  payload: (values: Values, context: PlanContext) => Values = (values) => toWire(properties, values),
): RowObject {
  return {
    outputs,
    reading: { by: "namespace", namespace },
    live: (row: Row): Live => ({ values: fromWire(properties, row), outputs: { rowId: row["id"] } }),
    ...rowCalls(namespace, payload),
  };
}
