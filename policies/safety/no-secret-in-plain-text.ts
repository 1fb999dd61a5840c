import { UnknownValueError } from "@pulumi/policy";
import type { Judged } from "../judged.ts";
import type { Rule } from "../rule.ts";
import { isSecretPlace, shapeOf } from "./secrets.ts";

/**
 * Whoever reads the state, a log or a comment would have it. Marks are visible on recorded state only; at a preview marked
 * secrets arrive as plain text, so that known shapes count, and only outside the properties that are made for secrets.
 */
export const noSecretInPlainText: Rule = {
  name: "no-secret-in-plain-text",
  description: "No secret may be written in plain text.",
  source: "D0 Security, D3 Security Considerations",
  remedy: "set it by `pulumi config set --secret` and pass it as a secret",
  severity: "critical",
  weight: "always",
  judges: ["*"],
  judge(resource) {
    return textsIn(resource.props, "").flatMap(({ path, field, text }) => {
      if (resource.isMarked?.(path) || resource.hidden?.includes(path.split(/[.[]/)[0] ?? "")) return [];
      if (isSecretPlace(resource.type, path, field)) {
        return resource.isMarked ? [`holds ${path} in plain text and must mark it as a secret`] : [];
      }
      const shape = shapeOf(text);
      return shape ? [`shows ${shape} in ${path} and must not hold it in plain text`] : [];
    });
  },
};

interface Text {
  readonly path: string;
  /** Name of the innermost property that holds it. */
  readonly field: string;
  readonly text: string;
}

/** Every text in a value; what is not known yet is no text. */
function textsIn(value: unknown, path: string, field = ""): Text[] {
  if (typeof value === "string") return value === "" ? [] : [{ path, field, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const inner = readable(value as Judged["props"], key);
    const list = Array.isArray(value);
    return textsIn(inner, list ? `${path}[${key}]` : path ? `${path}.${key}` : key, list ? field : key);
  });
}

function readable(holder: Judged["props"], key: string): unknown {
  try {
    return holder[key];
  } catch (error) {
    if (error instanceof UnknownValueError) return undefined;
    throw error;
  }
}
