import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { UsageError } from "./usage-error.ts";

/** A stack's configuration as the program receives it. */
export interface StackConfig {
  /** `namespace:key` to value; structured values are JSON text. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose value is encrypted; a lab cannot read them and runs without. */
  readonly encrypted: readonly string[];
}

/** The official engine reads a date without quotes as a point in time, and hands it to the program in these words. */
const UNQUOTED_DATE = {
  tag: "tag:yaml.org,2002:timestamp",
  default: true,
  test: /^\d{4}-\d{2}-\d{2}$/,
  resolve: (text: string) => `${text} 00:00:00 +0000 UTC`,
};

/** A stack's file is not YAML, so that nothing can be said about the site. */
export class UnreadableStackFile extends Error {
  override readonly name = "UnreadableStackFile";
  readonly file: string;
  readonly remedy = "mend the line, or undo the last change";

  constructor(file: string, cause: YAMLParseError) {
    const [first = ""] = cause.message.split("\n");
    super(`${file} is not YAML: ${first.replace(/:$/, "")}`, { cause });
    this.file = file;
  }
}

type Value = string | number | boolean | null | { secure?: string } | unknown[] | Record<string, unknown>;

/** Reads `Pulumi.<stack>.yaml` beside the project file, or another file in its place. */
export function readStackConfig(projectDir: string, stack: string, configFile?: string): StackConfig {
  const file = configFile ?? join(projectDir, `Pulumi.${stack}.yaml`);
  if (configFile && !existsSync(file)) throw new UsageError(`there is no file ${configFile}`);
  if (!existsSync(file)) {
    throw new UsageError(`there is no stack "${stack}"; the project has ${stacks(projectDir).join(", ")}`);
  }
  const project = parse(readFileSync(join(projectDir, "Pulumi.yaml"), "utf8")) as { name: string };
  const { config = {} } = readStackFile(file);
  const entries = Object.entries(config).map(([key, value]) => ({ key: qualified(key, project.name), value }));
  const plain = entries.filter(({ value }) => !isEncrypted(value));

  return {
    values: Object.fromEntries(plain.map(({ key, value }) => [key, asText(value)])),
    encrypted: entries.filter(({ value }) => isEncrypted(value)).map(({ key }) => key),
  };
}

function readStackFile(file: string): { config?: Record<string, Value> } {
  try {
    return parse(readFileSync(file, "utf8"), { customTags: [UNQUOTED_DATE] }) ?? {};
  } catch (error) {
    throw error instanceof YAMLParseError ? new UnreadableStackFile(file, error) : error;
  }
}

function stacks(projectDir: string): string[] {
  return readdirSync(projectDir).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
}

function qualified(key: string, project: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

function isEncrypted(value: Value): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && typeof value["secure"] === "string";
}

/** The official engine hands maps on with their keys sorted. */
function asText(value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value, (_key, inside: unknown) => sorted(inside));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
