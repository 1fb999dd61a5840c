import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules.ts";
import { serveRule } from "./serve-rule.ts";
import { undecided } from "./undecided.ts";
import { waiverIsCurrent } from "./waiver-is-current.ts";
import { waivers } from "./waivers.ts";

new PolicyPack("homelab", { policies: [...rules.map(serveRule), waiverIsCurrent, waivers, undecided] });
