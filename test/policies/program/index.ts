import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random";

/** A resource as a test writes it; the text `unknown` becomes a value that is known only after the update. */
interface Written {
  readonly type: string;
  readonly name: string;
  readonly props: Record<string, unknown>;
  /** The appliance, cluster or host that it lies on. */
  readonly on?: string;
  readonly protect?: boolean;
}

class Anything extends pulumi.ComponentResource {
  constructor({ type, name, props, protect = false }: Written, parent: pulumi.Resource | undefined) {
    super(type, name, props, { protect, ...(parent ? { parent } : {}) });
    this.registerOutputs(props);
  }
}

const written = new pulumi.Config().requireObject<Written[]>("resources");
const open = JSON.stringify(written).includes('"unknown"') ? new RandomPet("unknown").id : undefined;
const homes = new Map<string, pulumi.Resource>();

for (const resource of written) new Anything(filled(resource) as Written, homeOf(resource));

function homeOf({ on }: Written): pulumi.Resource | undefined {
  if (on === undefined) return undefined;
  const known = homes.get(on) ?? new pulumi.ComponentResource("homelab:storage:TrueNas", on, {});
  homes.set(on, known);
  return known;
}

function filled(value: unknown): unknown {
  if (value === "unknown") return open;
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
}
