import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random";

/** A resource as a test writes it; the text `unknown` becomes a value that is known only after the update. */
interface Written {
  readonly type: string;
  readonly name: string;
  readonly props: Record<string, unknown>;
}

class Anything extends pulumi.ComponentResource {
  constructor({ type, name, props }: Written) {
    super(type, name, props);
    this.registerOutputs(props);
  }
}

const written = new pulumi.Config().requireObject<Written[]>("resources");
const open = JSON.stringify(written).includes('"unknown"') ? new RandomPet("unknown").id : undefined;

for (const resource of written) new Anything(filled(resource) as Written);

function filled(value: unknown): unknown {
  if (value === "unknown") return open;
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
}
