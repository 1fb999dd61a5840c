import { join } from "node:path";
import type { Step } from "../engine/index.ts";
import { Cloud } from "../truenas/index.ts";
import type { MissingSecret } from "./made-up-secrets.ts";

const CREDENTIAL = "truenas:index:CloudCredential";
const TASKS = ["truenas:index:CloudBackup", "truenas:index:CloudSync"];

/** The cloud of a rehearsal: it answers where a program's credentials point, and has the buckets that its tasks name. */
export class CloudRack {
  readonly cloud: Cloud;

  /** What an earlier rehearsal left in the folder goes on. */
  constructor(dir: string) {
    this.cloud = new Cloud({ dir: join(dir, "cloud") });
  }

  /** Makes what a preview names, and lets in the keys that are made up, each to its bucket alone. */
  rack(steps: readonly Step[], missing: readonly MissingSecret[]): void {
    for (const { endpoint } of inputsOf<{ endpoint?: string }>(steps, [CREDENTIAL])) {
      if (endpoint) this.cloud.answerAt(new URL(endpoint).host);
    }
    for (const { bucket } of inputsOf<{ bucket?: string }>(steps, TASKS)) {
      if (bucket) this.cloud.makeBucket(bucket, { versioning: true });
    }
    for (const [bucket, halves] of Map.groupBy(missing, ({ opens }) => opens)) {
      const [id, secret] = halves.map(({ example }) => example);
      if (bucket !== undefined && id !== undefined && secret !== undefined)
        this.cloud.admit({ id, secret }, { bucket });
    }
  }

  /** Lets go of its folder. */
  close(): void {
    this.cloud.close();
  }
}

function inputsOf<T>(steps: readonly Step[], types: readonly string[]): T[] {
  return steps.filter(({ type, op }) => types.includes(type) && op !== "delete").map(({ inputs }) => inputs as T);
}
