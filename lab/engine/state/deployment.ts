/** One resource as the state file holds it; absent fields are false or empty. */
export interface StoredResource {
  urn: string;
  custom: boolean;
  delete?: boolean;
  id?: string;
  type: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  parent?: string;
  protect?: boolean;
  external?: boolean;
  dependencies?: string[];
  initErrors?: string[];
  provider?: string;
  propertyDependencies?: Record<string, string[]>;
  pendingReplacement?: boolean;
  additionalSecretOutputs?: string[];
  aliases?: string[];
  customTimeouts?: { create?: number; update?: number; delete?: number; read?: number };
  importID?: string;
  retainOnDelete?: boolean;
  deletedWith?: string;
  created?: string;
  modified?: string;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
}

/** A provider call that had begun when the state was written; one that is still there later was interrupted. */
export interface StoredOperation {
  resource: StoredResource;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

/** The `deployment` of a Pulumi state file, version 3. */
export interface Deployment {
  manifest: { time: string; magic: string; version: string };
  secrets_providers?: { type: string; state?: { salt: string } };
  resources?: StoredResource[];
  pending_operations?: StoredOperation[];
  metadata?: Record<string, unknown>;
}

/** The version whose state format this engine writes; the official CLI checks `magic` against it. */
export const FORMAT_VERSION = "3.260.0";
