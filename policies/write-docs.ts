// Writes docs/policies.md and the presets from the rules: node policies/write-docs.ts
import { mkdirSync, writeFileSync } from "node:fs";
import { PHASES } from "../src/site/vocabulary.ts";
import { documentation, preset } from "./documentation.ts";

writeFileSync(new URL("../docs/policies.md", import.meta.url), documentation());
mkdirSync(new URL("presets/", import.meta.url), { recursive: true });
for (const phase of PHASES) writeFileSync(new URL(`presets/${phase}.json`, import.meta.url), preset(phase));
