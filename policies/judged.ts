import type { PolicyResource } from "@pulumi/policy";
import { type Props, textAt } from "./reading.ts";
import { APPLIANCE } from "./tokens.ts";

/** Why a resource is declared but not there yet. */
export interface Waits {
  readonly host: string;
  readonly state: string;
}

/** A resource as the rules see it: what waits for its host looks like what it will become. */
export interface Judged {
  /** Type token, for example `truenas:index:Dataset`. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  readonly urn: string;
  /** Properties; reading one that is not known yet throws. */
  readonly props: Props;
  /** Name of the appliance, cluster or host that it lies on: its provider, or the component around what has none. */
  readonly home: string;
  /** Whether the engine refuses to delete or replace it; undefined where that is not recorded. */
  readonly protect: boolean | undefined;
  /** Set while the resource waits for its host. */
  readonly waits: Waits | undefined;
  /** Outputs that the program declares secret beside what the provider marks. */
  readonly hidden?: readonly string[];
  /** Whether a property is marked as a secret; known on recorded state only. */
  readonly isMarked?: (path: string) => boolean;
}

const WAITING = "homelab:waiting:";

/** Unwraps what waits for its host and drops nothing else. */
export function judged(resources: readonly PolicyResource[]): Judged[] {
  return resources.map((resource) => {
    const { name, urn, props, opts, provider } = resource;

    return {
      type: awaitedType(resource.type, props),
      name,
      urn,
      props,
      home: provider?.name ?? applianceAround(resource)?.name ?? resource.parent?.name ?? "",
      protect: opts?.protect,
      hidden: opts?.additionalSecretOutputs ?? [],
      waits: waitingFor(resource.type, props),
    };
  });
}

/** The type that a resource has, or will have once its host is there. */
export function awaitedType(type: string, props: Props): string {
  if (!type.startsWith(WAITING)) return type;
  return textAt(props, "waitingFor", "type") ?? `truenas:index:${type.slice(WAITING.length)}`;
}

/** The host that a resource waits for. */
export function waitingFor(type: string, props: Props): Waits | undefined {
  if (!type.startsWith(WAITING)) return undefined;
  return {
    host: textAt(props, "waitingFor", "host") ?? "its host",
    state: textAt(props, "waitingFor", "state") ?? "offline",
  };
}

/** The component of the appliance that a resource belongs to; it bears the name of the appliance's provider. */
function applianceAround({ parent }: PolicyResource): PolicyResource | undefined {
  if (!parent || parent.type === APPLIANCE) return parent;
  return applianceAround(parent);
}
