import type { PolicyResource } from "@pulumi/policy";

/** A resource as the rules see it: what waits for its host looks like what it will become. */
export interface Judged {
  /** Type token, for example `truenas:index:Dataset`. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  readonly urn: string;
  /** Properties; reading one that is not known yet throws. */
  readonly props: Readonly<Record<string, unknown>>;
  /** What tells one appliance's resources from another's: the provider, or the parent of what waits. */
  readonly home: string;
}

const WAITING = "homelab:waiting:";

/** Unwraps what waits for its host and drops nothing else. */
export function judged(resources: readonly PolicyResource[]): Judged[] {
  return resources.map((resource) => {
    const { name, urn, props } = resource;
    const home = resource.parent?.urn ?? resource.provider?.urn ?? "";

    return { type: awaitedType(resource), name, urn, props, home };
  });
}

function awaitedType(resource: PolicyResource): string {
  if (!resource.type.startsWith(WAITING)) return resource.type;
  const waitingFor = resource.props["waitingFor"] as { type?: string } | undefined;
  return waitingFor?.type ?? `truenas:index:${resource.type.slice(WAITING.length)}`;
}
