import type { Values } from "../model/property.ts";
import { providerConfig } from "../model/provider-config.ts";
import { Refused } from "../model/refused.ts";
import { resourceType } from "../model/registry.ts";
import type { Problem, ResourceType } from "../model/resource-type.ts";
import { UNKNOWN } from "../model/unknown.ts";
import { Appliance } from "./appliance.ts";
import { checkInputs, checkObject } from "./check.ts";
import { createObject, type Request } from "./create.ts";
import { deleteObject } from "./delete.ts";
import { type DiffResult, type DiffStates, diffInputs } from "./diff.ts";
import type { EngineLog } from "./engine-log.ts";
import type { Environment } from "./environment.ts";
import { Impacts } from "./impacts.ts";
import type { Journal } from "./journal.ts";
import { previewContext } from "./objects.ts";
import { type Recorded, readObject } from "./read.ts";
import { type Settings, settingsOf, typedConfig } from "./settings.ts";
import { foreseen, type State } from "./state.ts";
import { planUpdate, type UpdateStates, updateObject } from "./update.ts";

/** Which resource a request is about. */
export interface Subject {
  readonly urn: string;
  /** Name in the program; taken from the URN by older engines. */
  readonly name: string;
  /** Type token; taken from the URN by older engines. */
  readonly type: string;
}

/** The provider on plain values: no protocol, no secrets, nothing of how the engine writes unknowns. */
export class TrueNasProvider {
  readonly #environment: Environment;
  readonly #journal: Journal;
  readonly #log: EngineLog;
  #configured: { readonly settings: Settings; readonly appliance: Appliance; readonly impacts: Impacts } | undefined;

  constructor(environment: Environment, journal: Journal, log: EngineLog) {
    this.#environment = environment;
    this.#journal = journal;
    this.#log = log;
  }

  /** Everything that is wrong with the provider's own inputs. */
  checkConfig(inputs: Values): readonly Problem[] {
    return checkObject("the provider", providerConfig, typedConfig(inputs), "");
  }

  /** Provider inputs that changed; none of them replaces anything. */
  diffConfig(olds: Values, news: Values): readonly { path: string; kind: "add" | "delete" | "update" }[] {
    const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
    const before = typedConfig(olds);
    const after = typedConfig(news);

    return names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((path) => ({
        path,
        kind: before[path] === undefined ? "add" : after[path] === undefined ? "delete" : "update",
      }));
  }

  /** Takes the provider's inputs; nothing is reached yet. */
  configure(inputs: Values, identity: { urn?: string; name?: string }): void {
    this.#configured?.appliance.close();
    const settings = settingsOf(inputs, identity);
    const appliance = new Appliance(settings, this.#environment, this.#journal);
    this.#configured = { settings, appliance, impacts: new Impacts(appliance) };
  }

  check(subject: Subject, inputs: Values, olds: Values | undefined): readonly Problem[] {
    this.#configured?.appliance.stir();

    return checkInputs(typeOf(subject), inputs, olds);
  }

  /** Compares; with a connected preview it also shows what the change does to things that the object has made. */
  async diff(subject: Subject, states: DiffStates): Promise<DiffResult> {
    this.#configured?.appliance.stir();
    const type = typeOf(subject);
    const result = diffInputs(type, states);
    if (!this.#environment.connectedPreview) return result;
    const notice = await this.#configured?.impacts.notice(type, states, result.differences);
    if (notice) await this.#log.show(subject.urn, notice);

    return result;
  }

  /** Makes the object; a preview only shows the calls and says what it can foresee. */
  async create(subject: Subject, inputs: Values, preview: boolean): Promise<{ id: string; outputs: Values }> {
    const request = this.#request(subject);
    const { type } = request;
    if (preview) {
      const calls = [
        ...type.create(inputs, previewContext(subject.urn, request.appliance.host)),
        ...(type.afterCreate?.(inputs, undefined) ?? []),
      ];
      for (const call of calls) request.appliance.plan(call);
      return { id: "", outputs: foreseen(type, inputs, {}) };
    }
    const id = type.idOf(inputs);
    refuseInMaintenance(request, `create ${type.name} "${id}"`);

    return { id, outputs: await untilFinal(request, id, () => createObject(request, inputs)) };
  }

  /** Changes the object; a preview only shows the calls. */
  async update(subject: Subject, states: UpdateStates, preview: boolean): Promise<Values> {
    const request = this.#request(subject);
    if (preview) {
      planUpdate(request, states);
      return foreseen(request.type, states.news, states.oldOutputs);
    }
    refuseInMaintenance(request, `update ${request.type.name} "${states.id}"`);

    return await untilFinal(request, states.id, () => updateObject(request, states));
  }

  async read(subject: Subject, id: string, recorded: Recorded | undefined): Promise<State | undefined> {
    return await readObject(this.#request(subject), id, recorded);
  }

  async delete(subject: Subject, id: string, recorded: Recorded): Promise<void> {
    const request = this.#request(subject);
    if (request.type.removal.kind !== "leave") refuseInMaintenance(request, `delete ${request.type.name} "${id}"`);
    await untilFinal(request, id, () => deleteObject(request, id, recorded));
  }

  /** Refuses what was not sent yet; what is under way ends by itself. */
  cancel(): void {
    this.#configured?.appliance.cancel();
  }

  #request(subject: Subject): Request {
    if (!this.#configured) throw new Refused("the provider is not configured; the engine must call Configure first");
    this.#configured.appliance.stir();

    return { ...this.#configured, type: typeOf(subject), urn: subject.urn, name: subject.name };
  }
}

function typeOf(subject: Subject): ResourceType {
  const type = resourceType(subject.type);
  if (!type)
    throw new Refused(`${subject.type} is no resource type of this provider; see the package schema for its types`);

  return type;
}

/** What the appliance holds back is waited for until it is final. */
async function untilFinal<T>({ appliance, type }: Request, id: string, act: () => Promise<T>): Promise<T> {
  const staging = appliance.stagingOf(type);

  return staging ? await staging.during(id, act) : await act();
}

function refuseInMaintenance({ appliance, settings }: Request, deed: string): void {
  if (!settings.maintenance || settings.maintenance === UNKNOWN) return;
  throw new Refused(
    `${appliance.label} is in maintenance (${settings.maintenance}): cannot ${deed}; end the maintenance in the site and run again`,
  );
}
