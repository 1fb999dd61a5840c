import { PolicyPack } from "@pulumi/policy";
import { phaseOf } from "./levels.ts";
import { policiesFor } from "./policies.ts";

new PolicyPack("homelab", { policies: policiesFor(phaseOf(process.env["PULUMI_CONFIG"])) });
