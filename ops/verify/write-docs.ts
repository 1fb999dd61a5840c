// Writes docs/verification.md from the checks and metrics: npm run verify:docs
import { writeFileSync } from "node:fs";
import { documentation } from "./documentation.ts";

writeFileSync(new URL("../../docs/verification.md", import.meta.url), documentation());
