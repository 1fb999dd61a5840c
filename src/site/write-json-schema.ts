// Writes `site.schema.json` from the site model: node src/site/write-json-schema.ts
import { writeFileSync } from "node:fs";
import { stackFileSchema } from "./json-schema.ts";

writeFileSync(new URL("site.schema.json", import.meta.url), `${JSON.stringify(stackFileSchema(), null, 2)}\n`);
