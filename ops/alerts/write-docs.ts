// Writes docs/alerts.md from the alert classes and the rules of prod: npm run alerts:docs
import { writeFileSync } from "node:fs";
import { readStackSite } from "../stack-file.ts";
import { documentation } from "./documentation.ts";

const { site } = readStackSite("prod");
writeFileSync(new URL("../../docs/alerts.md", import.meta.url), documentation("prod", site));
