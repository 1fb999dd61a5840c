import type { WireMap } from "./values.ts";

/** One input of a resource type, or one value inside it. */
export interface InputRule {
  readonly type: "string" | "number" | "integer" | "boolean" | "list" | "map";
  readonly required?: true;
  /** Changing it makes a new object. */
  readonly replaces?: true;
  /** Taken when the input is absent; shown in the outputs. */
  readonly default?: string | number | boolean;
  /** The real plugin knows this input, the stand-in does not; using it is refused. */
  readonly unsupported?: true;
  /** The only values that are taken. */
  readonly oneOf?: readonly (string | number)[];
  /** What a text must look like, and how that is said. */
  readonly matches?: readonly [pattern: RegExp, words: string];
  /** Smallest and largest number. */
  readonly between?: readonly [least: number, most: number];
  /** What a list holds. */
  readonly items?: InputRule;
  /** What a map holds, when its keys are fixed. */
  readonly fields?: Readonly<Record<string, InputRule>>;
}

/** Something wrong with one input. */
export interface InputFailure {
  readonly property: string;
  readonly reason: string;
}

/** A resource type of a stand-in; inputs and outputs reach it without secret marks. */
export interface ResourceType {
  readonly inputs: Readonly<Record<string, InputRule>>;
  /** Outputs that only exist once the object does. */
  readonly computed: readonly string[];
  /** Inputs as a preview shows them, where what was left open inside them is only known once the object exists. */
  planned?(inputs: WireMap): WireMap;
  /** Keys inside secret inputs whose values are no secrets themselves and may be named in messages. */
  readonly openKeys?: readonly string[];
  /** Outputs that are always secret. */
  readonly secretOutputs?: readonly string[];
  /** What is wrong with inputs that have the right types, by property. */
  check?(inputs: WireMap): readonly InputFailure[];
  /** Changed properties that make a new object in this case only, as paths. */
  replacesWhen?(olds: WireMap, news: WireMap): readonly string[];
  /** Makes the object; the outputs are those beyond the inputs. */
  create(inputs: WireMap, context: CallContext): Promise<{ readonly id: string; readonly outputs: WireMap }>;
  /** Changes the object; the outputs are those beyond the inputs. */
  update?(inputs: WireMap, state: WireMap, context: CallContext): Promise<WireMap>;
  delete?(state: WireMap, context: CallContext): Promise<void>;
  /** Whether an object that was made is still there; it always is when this is left out. */
  exists?(id: string, context: CallContext): Promise<boolean>;
  /** State of an object that is only known by its id: inputs, and outputs beyond them. */
  import?(id: string, context: CallContext): { readonly inputs: WireMap; readonly outputs: WireMap };
}

/** What a call may use besides its arguments. */
export interface CallContext {
  readonly urn: string;
  /** What the provider is configured with. */
  readonly provider: WireMap;
  /** Shows a line to the user. */
  log(message: string): void;
  /** Aborted when the engine gives up. */
  readonly signal: AbortSignal;
}

/** A function of a stand-in. */
type InvokeFunction = (args: WireMap, context: CallContext) => Promise<WireMap>;

/** A plugin: resource types and functions by their tokens. */
export interface StandIn {
  readonly version: string;
  readonly types: Readonly<Record<string, ResourceType>>;
  readonly functions?: Readonly<Record<string, InvokeFunction>>;
  /** What the provider itself is configured with; anything when left out. */
  readonly provider?: Pick<ResourceType, "inputs" | "check">;
}
