import type { Deployment } from "../deployment.ts";
import type { PlannedStep } from "../planner/planned-step.ts";
import { protectedFromDelete } from "../planner/protection.ts";
import { UNKNOWN_STRING } from "../properties/marks.ts";
import { equal, type PropertyMap, withoutOutputs } from "../properties/value.ts";
import { ProviderError } from "../protocol/rpc-errors.ts";
import type { Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource-state.ts";
import type { PendingOperation } from "../state/state-file.ts";
import { isProviderType } from "../urn.ts";
import { markSecretOutputs } from "./secret-outputs.ts";

type StepOf<Op extends PlannedStep["op"]> = Extract<PlannedStep, { op: Op }>;

/** A delete that `protect` forbids; others may still be checked, since nothing was done. */
export class ProtectedResource extends Error {}

/** The object exists but is unfinished; its state was kept. */
export class PartialFailure extends Error {}

/** Carries steps out: calls the provider and records the outcome in the state. */
export class StepApplier {
  readonly #deployment: Deployment;
  /** True when the URN is deleted by this operation, so that what is deleted with it needs no call of its own. */
  readonly #isDeleted: (urn: string) => boolean;

  constructor(deployment: Deployment, isDeleted: (urn: string) => boolean) {
    this.#deployment = deployment;
    this.#isDeleted = isDeleted;
  }

  /** Throws what the provider answered; the state then says what is known to exist. */
  async apply(step: PlannedStep): Promise<void> {
    switch (step.op) {
      case "same":
        return await this.#same(step);
      case "create":
      case "create-replacement":
        return await this.#create(step);
      case "update":
        return await this.#update(step);
      case "read":
        return await this.#read(step);
      case "import":
        return await this.#import(step);
      case "delete":
      case "delete-replaced":
        return await this.#delete(step);
      case "remove-pending-replacement":
        return this.#deployment.snapshot.remove(step.old);
    }
  }

  async #same({ old, next }: StepOf<"same">): Promise<void> {
    next.id = old.id;
    next.outputs = old.outputs;
    copyTimes(old, next);
    if (isProviderType(next.type)) await this.#deployment.registry.same({ ...next, inputs: old.inputs });
    this.#settle(next, old);
  }

  async #create(step: StepOf<"create" | "create-replacement">): Promise<void> {
    const { next, provider } = step;
    const args = {
      urn: next.urn,
      inputs: next.inputs,
      timeout: next.customTimeouts.create ?? 0,
      preview: this.#deployment.dryRun,
    };
    const finish = () => this.#finishCreate(step);
    await this.#recorded("creating", next, finish, async () => {
      const created = provider === undefined ? { id: "", outputs: {} } : await provider.create(args);
      if (provider !== undefined && created.id === "" && !this.#deployment.dryRun) {
        throw new Error(`the provider returned no id for ${next.urn}`);
      }
      // An id is never invented: a preview that does not know it says so.
      next.id = created.id === UNKNOWN_STRING && !isProviderType(next.type) ? "" : created.id;
      next.outputs = created.outputs;
      next.created = next.modified = new Date().toISOString();
    });
    finish();
  }

  #finishCreate(step: StepOf<"create" | "create-replacement">): void {
    if (step.op === "create-replacement" && step.keepsOld) {
      step.old.delete = true;
      this.#deployment.snapshot.touch(step.old);
    }
    this.#settle(step.next, step.op === "create-replacement" ? step.old : undefined);
  }

  async #update({ old, next, provider, ignoreChanges }: StepOf<"update">): Promise<void> {
    next.id = old.id;
    next.outputs = old.outputs;
    copyTimes(old, next);
    const args = {
      urn: next.urn,
      id: old.id,
      oldInputs: old.inputs,
      oldOutputs: old.outputs,
      news: next.inputs,
      ignoreChanges,
      timeout: next.customTimeouts.update ?? 0,
      preview: this.#deployment.dryRun,
    };
    const finish = () => this.#settle(next, old);
    await this.#recorded("updating", next, finish, async () => {
      next.outputs = provider === undefined ? old.outputs : (await provider.update(args)).outputs;
      next.modified = new Date().toISOString();
    });
    finish();
  }

  async #read({ old, next, provider }: StepOf<"read">): Promise<void> {
    if (next.id === UNKNOWN_STRING) return this.#settle(next, old);
    const read = await this.#readObject(provider, next, next.inputs, next.inputs);
    if (read.outputs === undefined || read.id === "") throw new Error(`resource "${next.id}" does not exist`);
    next.outputs = read.outputs;
    next.id = read.id;
    if (old !== undefined) copyTimes(old, next);
    if (old !== undefined && !old.external && old.id !== next.id) {
      old.delete = true;
      this.#deployment.snapshot.touch(old);
    }
    this.#settle(next, old);
  }

  async #import({ replaced, next, provider }: StepOf<"import">): Promise<void> {
    const read = await this.#readObject(provider, { ...next, id: next.importId }, {}, {});
    if (read.outputs === undefined || read.id === "") throw new Error(`resource "${next.importId}" does not exist`);
    if (read.inputs === undefined) {
      throw new Error("the provider does not support importing: Read returned no inputs");
    }
    next.id = read.id;
    next.inputs = read.inputs;
    next.outputs = read.outputs;
    next.created = next.modified = new Date().toISOString();
    if (replaced !== undefined) {
      replaced.delete = true;
      this.#deployment.snapshot.touch(replaced);
    }
    this.#settle(next, replaced);
  }

  async #readObject(provider: Provider, resource: ResourceState, inputs: PropertyMap, outputs: PropertyMap) {
    const { urn, id, customTimeouts } = resource;
    return await provider.read({ urn, id, inputs, outputs, timeout: customTimeouts.read ?? 0 });
  }

  async #delete(step: StepOf<"delete" | "delete-replaced">): Promise<void> {
    const { old, op } = step;
    const { snapshot, dryRun, registry, base } = this.#deployment;
    if (op === "delete" && old.protect) throw new ProtectedResource(protectedFromDelete(old.urn));
    if (!dryRun && old.custom && !old.external && !old.retainOnDelete && !this.#isDeleted(old.deletedWith)) {
      const provider = isProviderType(old.type) ? registry : await registry.ensure(old.provider, base);
      const { urn, id, inputs, outputs, customTimeouts } = old;
      const timeout = customTimeouts.delete ?? 0;
      await this.#recorded("deleting", old, undefined, () => provider.delete({ urn, id, inputs, outputs, timeout }));
    }
    if (op === "delete-replaced" && step.beforeReplacement) {
      old.pendingReplacement = true;
      snapshot.touch(old);
    } else {
      snapshot.remove(old);
    }
  }

  /**
   * Calls the provider between two saves, so that a call that was cut short shows in the state. `keep` records an
   * object that came about although the call failed.
   */
  async #recorded(
    type: PendingOperation["type"],
    resource: ResourceState,
    keep: (() => void) | undefined,
    work: () => Promise<void>,
  ): Promise<void> {
    const { snapshot, dryRun } = this.#deployment;
    const callsProvider = resource.custom && !isProviderType(resource.type) && !dryRun;
    const operation = callsProvider ? await snapshot.begin(type, resource) : undefined;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ProviderError) || error.partial === undefined || keep === undefined) throw error;
      const { id, outputs, reasons } = error.partial;
      if (type === "creating") resource.id = id;
      resource.outputs = withoutOutputs(outputs);
      resource.initErrors = [...reasons];
      keep();
      throw new PartialFailure([error.message, ...reasons.map((reason) => `* ${reason}`)].join("\n"));
    } finally {
      snapshot.end(operation);
    }
  }

  #settle(next: ResourceState, old: ResourceState | undefined): void {
    next.outputs = markSecretOutputs(next);
    if (old !== undefined && (!equal(old.inputs, next.inputs) || !equal(old.outputs, next.outputs))) {
      next.modified ??= new Date().toISOString();
    }
    this.#deployment.snapshot.put(next, old);
    this.#deployment.news.set(next.urn, next);
  }
}

function copyTimes(old: ResourceState, next: ResourceState): void {
  if (old.created !== undefined) next.created = old.created;
  if (old.modified !== undefined) next.modified = old.modified;
}
