import type { PropertyMap } from "../properties/value.ts";
import type { DetailedDiff } from "../run.ts";

/** A reason why inputs are not acceptable; without a property it concerns the resource as a whole. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

export interface DiffResult {
  readonly changes: "unknown" | "none" | "some";
  /** Top-level keys whose change asks for a replacement. */
  readonly replaceKeys: readonly string[];
  readonly changedKeys: readonly string[];
  readonly detailed: DetailedDiff | undefined;
  readonly deleteBeforeReplace: boolean;
}

/** Where a resource lives and which object it is. */
interface Identity {
  readonly urn: string;
  readonly id: string;
}

export interface ReadResult {
  /** Empty when the object is gone. */
  readonly id: string;
  readonly outputs: PropertyMap | undefined;
  readonly inputs: PropertyMap | undefined;
  /** Why the object is unhealthy, if it is. */
  readonly reasons: readonly string[];
}

export interface CheckArgs {
  readonly urn: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly allowUnknowns: boolean;
  /** Makes what Check generates repeatable. */
  readonly randomSeed: Uint8Array;
}

export interface DiffArgs extends Identity {
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly news: PropertyMap;
  readonly allowUnknowns: boolean;
  readonly ignoreChanges: readonly string[];
}

export interface UpdateArgs extends Identity {
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly news: PropertyMap;
  readonly ignoreChanges: readonly string[];
  /** Seconds; 0 leaves it to the provider. */
  readonly timeout: number;
  readonly preview: boolean;
}

/** What the planner and the executor ask of a provider, be it a plugin or the registry of providers itself. */
export interface Provider {
  check(args: CheckArgs): Promise<CheckResult>;
  /** Rejects with `DiffUnavailable` when the provider's own configuration is not known yet. */
  diff(args: DiffArgs): Promise<DiffResult>;
  create(args: {
    readonly urn: string;
    readonly inputs: PropertyMap;
    readonly timeout: number;
    readonly preview: boolean;
  }): Promise<{ readonly id: string; readonly outputs: PropertyMap }>;
  update(args: UpdateArgs): Promise<{ readonly outputs: PropertyMap }>;
  read(
    args: Identity & { readonly inputs: PropertyMap; readonly outputs: PropertyMap; readonly timeout: number },
  ): Promise<ReadResult>;
  delete(
    args: Identity & { readonly inputs: PropertyMap; readonly outputs: PropertyMap; readonly timeout: number },
  ): Promise<void>;
}

/** The provider cannot say what would change, since its configuration depends on resources that do not exist yet. */
export class DiffUnavailable extends Error {}
