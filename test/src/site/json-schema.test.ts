import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { stackFileSchema } from "../../../src/site/json-schema.ts";
import { stackFile } from "../../support/stack-site.ts";

const committed: unknown = JSON.parse(
  readFileSync(new URL("../../../src/site/site.schema.json", import.meta.url), "utf8"),
);
const validator = z.fromJSONSchema(committed as Parameters<typeof z.fromJSONSchema>[0]);

describe("the JSON Schema beside the site model", () => {
  test("is what the model says; if not, run node src/site/write-json-schema.ts", () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(stackFileSchema())));
  });

  test.each(["prod", "dev"])("accepts Pulumi.%s.yaml, which names it for editors", (stack) => {
    const file = stackFile(stack);

    expect(file.split("\n")[0]).toBe("# yaml-language-server: $schema=./src/site/site.schema.json");
    expect(validator.safeParse(parse(file)).error?.issues).toBeUndefined();
  });

  test("marks a mistyped key and a size without a unit", () => {
    const file = stackFile("dev").replace("ownership:", "owenrship:").replace("size: 20 GiB", "size: 20");

    const paths = validator.safeParse(parse(file)).error?.issues.map((issue) => [issue.code, issue.path.at(-1)]);

    expect(paths).toEqual([
      ["invalid_type", "ownership"],
      ["invalid_type", "size"],
      ["unrecognized_keys", "homelab:site"],
    ]);
  });
});
