import { isOf, pathOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORAGE_CLASS } from "../tokens.ts";
import { parentOf, reclaimPolicyOf } from "./storage-classes.ts";

/** A deleted claim must not take a database with it. */
export const classOfAuthoritativeDataRetains: Rule = {
  name: "class-of-authoritative-data-retains",
  description: "A StorageClass must retain its volumes where the dataset below which it makes them is authoritative.",
  source: "D3 TrueNAS NFS StorageClass, ADR-0026",
  remedy: "set `reclaimPolicy: Retain`",
  severity: "critical",
  weight: "always",
  judges: [STORAGE_CLASS],
  judge(storageClass, stack) {
    const parent = parentOf(storageClass, stack);
    if (!parent || !isOf(parent, "authoritative") || reclaimPolicyOf(storageClass) === "Retain") return [];
    return [`makes volumes below ${pathOf(parent)}, which is authoritative, and must retain them`];
  },
};
