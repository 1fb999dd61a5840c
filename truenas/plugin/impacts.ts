import type { Values } from "../model/property.ts";
import type { Notice, ResourceType } from "../model/resource-type.ts";
import type { Appliance } from "./appliance.ts";
import type { Difference, DiffStates } from "./diff.ts";
import { namespaceOf } from "./objects.ts";

type Answers = ReadonlyMap<unknown, unknown>;

/** What changes do to things that objects have made so far. An appliance is asked once for all objects of a type. */
export class Impacts {
  readonly #appliance: Appliance;
  readonly #answers = new Map<ResourceType, Promise<Answers>>();

  constructor(appliance: Appliance) {
    this.#appliance = appliance;
  }

  /** What people should know of a change; undefined when there is nothing to know. An appliance that is silent is told. */
  async notice(
    type: ResourceType,
    states: DiffStates,
    differences: readonly Difference[],
  ): Promise<Notice | undefined> {
    const { impact } = type;
    const rowId = states.oldOutputs["rowId"];
    const names = differences.map(({ path }) => path.split(/[.[]/)[0] ?? path);
    if (!impact?.concerns(names) || rowId === undefined) return undefined;
    try {
      const answer = (await this.#all(type)).get(rowId);
      return answer === undefined
        ? undefined
        : impact.notice(whole(type, states.oldInputs), whole(type, states.news), answer);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { severity: "warning", text: `what this change does to existing snapshots is not known: ${reason}` };
    }
  }

  #all(type: ResourceType): Promise<Answers> {
    const known = this.#answers.get(type) ?? this.#ask(type);
    this.#answers.set(type, known);

    return known;
  }

  async #ask(type: ResourceType): Promise<Answers> {
    const namespace = namespaceOf(type);
    const { impact } = type;
    if (!namespace || !impact) return new Map();
    const rows = await this.#appliance.reads.rows(namespace);
    const answers = await Promise.all(rows.map((row) => this.#appliance.lookUp(impact.question(row))));

    return new Map(rows.map((row, at) => [row["id"], answers[at]]));
  }
}

/** The inputs with what absence means. */
function whole({ properties }: ResourceType, inputs: Values): Values {
  const standard = Object.entries(properties).map(([name, { default: value }]) => [name, value]);

  return { ...Object.fromEntries(standard), ...inputs };
}
