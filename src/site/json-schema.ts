import { z } from "zod";
import { siteSchema } from "./schema.ts";

/** JSON Schema of a stack's YAML file, for editors: what may stand under `config`, `homelab:site`. */
export function stackFileSchema(): object {
  const { $schema, ...site } = z.toJSONSchema(siteSchema, { io: "input", override: withoutLimits });

  return {
    $schema,
    title: "Stack file with a homelab site",
    type: "object",
    properties: {
      config: { type: "object", properties: { "homelab:site": { title: "Site", ...site } } },
    },
  };
}

/** Leaves out the largest safe integer, which zod states for every whole number and which tells nobody anything. */
function withoutLimits({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
