import type { CallContext, InputFailure, InputRule, ResourceType } from "../resource-type.ts";
import type { WireMap } from "../values.ts";
import { type Datacenter, datacenterAt, type Kind } from "./datacenter.ts";

/** One type of the package: what it takes, and what Proxmox has to say about it. */
export interface ObjectType {
  readonly kind: Kind;
  readonly inputs: Readonly<Record<string, InputRule>>;
  /** The id under which Proxmox keeps it; one that is made up where the inputs leave it open. */
  idOf(inputs: WireMap, datacenter: Datacenter): string;
  /** Why Proxmox would not have it, in Proxmox's words. */
  refuses?(inputs: WireMap, datacenter: Datacenter, id: string): string | undefined;
  /** Why Proxmox would not let go of it. */
  keeps?(inputs: WireMap, datacenter: Datacenter, id: string): string | undefined;
  /** Outputs beyond the inputs. */
  readonly computed?: readonly string[];
  outputs?(inputs: WireMap, id: string): WireMap;
  planned?(inputs: WireMap): WireMap;
  readonly secretOutputs?: readonly string[];
  check?(inputs: WireMap): readonly InputFailure[];
  replacesWhen?(olds: WireMap, news: WireMap): readonly string[];
}

/** A resource type whose objects a simulated Proxmox keeps. */
export function objectType(type: ObjectType): ResourceType {
  const { kind, inputs, computed = [], secretOutputs = [], check, replacesWhen, planned } = type;
  const refuse = (reason: string | undefined) => {
    if (reason !== undefined) throw new Error(reason);
  };
  return {
    inputs,
    computed,
    secretOutputs,
    ...(check ? { check } : {}),
    ...(replacesWhen ? { replacesWhen } : {}),
    ...(planned ? { planned } : {}),
    async create(given, context) {
      const datacenter = datacenterAt(context.provider);
      const id = type.idOf(given, datacenter);
      if (datacenter.get(kind, id)) refuse(`${kind} '${id}' already exists`);
      refuse(type.refuses?.(given, datacenter, id));
      datacenter.put(kind, id, given);
      return { id, outputs: type.outputs?.(given, id) ?? {} };
    },
    async update(given, state, context) {
      const datacenter = datacenterAt(context.provider);
      const id = type.idOf({ ...state, ...given }, datacenter);
      refuse(type.refuses?.(given, datacenter, id));
      datacenter.put(kind, id, given);
      const kept = Object.fromEntries(computed.map((key) => [key, state[key] ?? null]));
      return { ...type.outputs?.(given, id), ...kept };
    },
    async delete(state, context) {
      const datacenter = datacenterAt(context.provider);
      const id = type.idOf(state, datacenter);
      refuse(type.keeps?.(datacenter.get(kind, id) ?? state, datacenter, id));
      datacenter.remove(kind, id);
    },
    exists: async (id, context) => datacenterAt(context.provider).get(kind, id) !== undefined,
    import: (id, context) => imported(type, id, context),
  };
}

function imported(type: ObjectType, id: string, context: CallContext) {
  const inputs = datacenterAt(context.provider).get(type.kind, id);
  if (!inputs) throw new Error(`${type.kind} '${id}' does not exist`);
  return { inputs, outputs: type.outputs?.(inputs, id) ?? {} };
}
