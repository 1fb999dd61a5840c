import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../engine/index.ts";

/** A secret that a program says it needs and that nobody has set. */
export interface MissingSecret {
  /** Its whole configuration key. */
  readonly key: string;
  readonly purpose: string;
  /** A made-up value of its shape. */
  readonly example: string;
  /** The bucket that it opens, as the id or, named after it, the secret half of an application key. */
  readonly opens?: string;
}

/** The secrets that a program's output `missingSecrets` names; none where it has no such output. */
export function missingSecretsOf({ outputs }: Pick<Run, "outputs">): readonly MissingSecret[] {
  const named = outputs["missingSecrets"];
  return Array.isArray(named) ? (named as MissingSecret[]) : [];
}

const FILE = "made-up-secrets.json";

/** What a lab takes for the secrets that nobody has given it; kept beside its state, so that they stay the same. */
export class MadeUpSecrets {
  /** Made-up values by configuration key. */
  readonly values: Readonly<Record<string, string>>;
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
    this.values = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
  }

  /** Those of a lab's folder. */
  static in(dir: string): MadeUpSecrets {
    return new MadeUpSecrets(join(dir, FILE));
  }

  /** Makes up what is missing as well, and says in one line what the lab now makes do with. */
  add(missing: readonly MissingSecret[]): string {
    const values = { ...this.values, ...Object.fromEntries(missing.map(({ key, example }) => [key, example])) };
    const keys = Object.keys(values);
    if (keys.length === 0) return "";
    mkdirSync(join(this.#file, ".."), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(values, null, 2));
    const count = keys.length === 1 ? "1 secret is" : `${keys.length} secrets are`;
    return `${count} made up for the rehearsal: ${keys.join(", ")}`;
  }
}
