import * as pulumi from "@pulumi/pulumi";

/** As much of a host as decides whether its resources can exist. */
export interface HostPresence {
  readonly name: string;
  readonly state: "online" | "offline" | "not-installed" | "maintenance";
  /** Why the host is not online, in the owner's words. */
  readonly reason?: string | undefined;
}

/** A resource class of any provider. */
export interface ResourceClass<Args, Declared extends pulumi.CustomResource> {
  new (name: string, args: Args, opts?: pulumi.CustomResourceOptions): Declared;
}

/** Type token of a class, for example `truenas:index:Dataset`; generated packages have it but do not declare it. */
export function tokenOf(Type: abstract new (...args: never[]) => unknown): string {
  return (Type as unknown as { readonly __pulumiType: string }).__pulumiType;
}

/** Whether what lies on the host is declared but cannot be made yet. */
export function waitsFor(host: HostPresence): boolean {
  return host.state === "offline" || host.state === "not-installed";
}

/**
 * Declares a resource on a host: the real one when the host is there, else a component of type
 * `homelab:waiting:<Type>` that carries the same arguments, is judged by the same policies and calls no provider.
 */
export function declare<Args extends object, Declared extends pulumi.CustomResource>(
  host: HostPresence,
  Type: ResourceClass<Args, Declared>,
  name: string,
  args: Args,
  opts: pulumi.CustomResourceOptions,
): Declared | Waiting {
  if (!waitsFor(host)) return new Type(name, args, opts);
  const { parent, dependsOn } = opts;

  return new Waiting(tokenOf(Type), name, args, host, {
    ...(parent ? { parent } : {}),
    ...(dependsOn ? { dependsOn } : {}),
  });
}

/** What will be made once its host is there. */
export class Waiting extends pulumi.ComponentResource {
  constructor(type: string, name: string, args: object, host: HostPresence, opts: pulumi.ComponentResourceOptions) {
    const { name: hostName, state, reason } = host;
    const inputs = { ...args, waitingFor: { type, host: hostName, state, ...(reason ? { reason } : {}) } };
    super(`homelab:waiting:${type.split(":").at(-1)}`, name, inputs, opts);

    this.registerOutputs(inputs);
  }
}
