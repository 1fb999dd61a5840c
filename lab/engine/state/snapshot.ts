import type { ResourceState } from "./resource-state.ts";
import type { PendingOperation, StateFile } from "./state-file.ts";

/**
 * The state while an operation changes it: what this operation produced, in the order of completion, followed by what
 * it has not come to yet. That order puts every resource after those it depends on.
 */
export class Snapshot {
  #base: readonly ResourceState[];
  readonly #produced: ResourceState[] = [];
  readonly #settled = new Set<ResourceState>();
  readonly #pending = new Set<PendingOperation>();
  readonly #file: StateFile | undefined;
  #changed = false;

  /** Without a file nothing is ever written: the state of a preview. */
  constructor(base: readonly ResourceState[], file: StateFile | undefined) {
    this.#base = base;
    this.#file = file;
  }

  /** Everything that exists now. */
  resources(): ResourceState[] {
    return [...this.#produced, ...this.#base.filter((resource) => !this.#settled.has(resource))];
  }

  /** Records that a provider call begins; resolves when that is on disk. */
  async begin(type: PendingOperation["type"], resource: ResourceState): Promise<PendingOperation> {
    const operation = { type, resource };
    this.#pending.add(operation);
    await this.save();
    return operation;
  }

  /** The call is over, for better or worse; the next save says so. */
  end(operation: PendingOperation | undefined): void {
    if (operation !== undefined) this.#pending.delete(operation);
    this.#changed = true;
  }

  /** Puts a new state in place of an old one, or beside it when the old one is still to be deleted. */
  put(next: ResourceState, old: ResourceState | undefined): void {
    this.touch(next);
    this.#produced.push(next);
    if (old !== undefined && !old.delete) this.remove(old);
  }

  /** Takes a resource out of the state. */
  remove(resource: ResourceState): void {
    this.#changed = true;
    const index = this.#produced.indexOf(resource);
    if (index >= 0) this.#produced.splice(index, 1);
    else this.#settled.add(resource);
  }

  /** Settles everything that exists as it is, so that what is produced next comes after it. */
  keepAll(): void {
    this.#produced.push(...this.#base);
    this.#base = [];
  }

  /** Exchanges the base as a refresh does, keeping the order. */
  rebase(resources: readonly ResourceState[]): void {
    this.#changed = true;
    this.#base = resources;
  }

  /** Says that a resource object changed in place. */
  touch(resource: ResourceState): void {
    this.#changed = true;
    this.#file?.forget(resource);
  }

  /** Resolves when everything recorded so far is on disk. */
  async save(): Promise<void> {
    this.#changed = false;
    await this.#file?.save(() => ({ resources: this.resources(), pending: [...this.#pending] }));
  }

  /** Saves if anything is unsaved. */
  async flush(): Promise<void> {
    if (this.#changed) await this.save();
  }
}
