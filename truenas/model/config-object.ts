import type { ConfigNamespace } from "./namespaces.ts";
import { fromWire, toWire } from "./payload.ts";
import type { Properties, Values } from "./property.ts";
import type { Call, PlanContext, ResourceType, Row } from "./resource-type.ts";

type ConfigObject = Pick<
  ResourceType,
  "reading" | "idOf" | "idForm" | "idOfRow" | "live" | "create" | "update" | "removal" | "takesOver"
> & { readonly outputs: Record<never, never> };

/** How the program's values and the middleware's become each other, where the properties alone do not say it. */
interface Codec {
  readonly read?: (row: Row) => Row;
  readonly write?: (payload: Values, context: PlanContext) => Values;
}

/**
 * How settings are read and written that always exist: stating them changes what differs, and taking them out of the
 * program leaves them as they are.
 */
export function configObject(namespace: ConfigNamespace, properties: Properties, codec: Codec = {}): ConfigObject {
  const { read = (row) => row, write = (payload) => payload } = codec;
  const calls = (values: Values, context: PlanContext): readonly Call[] => {
    const payload = toWire(properties, values);
    if (Object.keys(payload).length === 0) return [];
    return [{ method: `${namespace}.update`, params: [write(payload, context)] }];
  };

  return {
    outputs: {},
    reading: { by: "namespace", namespace },
    idOf: () => namespace,
    idForm: namespace,
    idOfRow: () => namespace,
    live: (row) => ({ values: fromWire(properties, read(row)), outputs: {} }),
    create: calls,
    update: (change, context) => calls(change.changed, context),
    removal: { kind: "leave" },
    takesOver: () => true,
  };
}
