import type { PropertyMap } from "../properties/value.ts";

export interface CustomTimeouts {
  /** Seconds. */
  readonly create?: number;
  readonly update?: number;
  readonly delete?: number;
  readonly read?: number;
}

/** Everything the engine knows of one resource; several may share a URN while a replacement is under way. */
export interface ResourceState {
  urn: string;
  type: string;
  /** True for resources that a provider manages, providers included. */
  custom: boolean;
  /** Empty until the provider gave one; always empty for components. */
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  parent: string;
  protect: boolean;
  retainOnDelete: boolean;
  /** Read, not managed: never updated, never deleted. */
  external: boolean;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** Reference `urn::id` of the provider; empty for components and providers. */
  provider: string;
  additionalSecretOutputs: string[];
  aliases: string[];
  customTimeouts: CustomTimeouts;
  importId: string;
  deletedWith: string;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  /** Why the last create or update left the object unfinished; the next update tries again. */
  initErrors: string[];
  /** Superseded by a replacement and still to be deleted. */
  delete: boolean;
  /** Deleted ahead of its replacement, which did not come about yet. */
  pendingReplacement: boolean;
  created?: string;
  modified?: string;
  /** Fields of a state written by the official engine that this one carries along unread. */
  carried?: Readonly<Record<string, unknown>>;
}

/** A resource without history, for the given identity. */
export function blankState(identity: Pick<ResourceState, "urn" | "type" | "custom">): ResourceState {
  return {
    ...identity,
    id: "",
    inputs: {},
    outputs: {},
    parent: "",
    protect: false,
    retainOnDelete: false,
    external: false,
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: {},
    importId: "",
    deletedWith: "",
    ignoreChanges: [],
    replaceOnChanges: [],
    initErrors: [],
    delete: false,
    pendingReplacement: false,
  };
}
