import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { STORAGE_CLASS } from "../tokens.ts";
import { DEFAULT_CLASS } from "./made-objects.ts";

/** With none a claim that names no class waits for ever; with two the newer one wins. */
export const clusterHasOneDefaultClass: Rule = {
  name: "cluster-has-one-default-class",
  description: "A cluster must have exactly one default StorageClass.",
  source: "D3 TrueNAS NFS StorageClass, ADR-0026",
  remedy: `annotate one of them, and only one, with ${DEFAULT_CLASS}: "true"`,
  severity: "medium",
  weight: "always",
  judges: [STORAGE_CLASS],
  judge(storageClass, stack) {
    const classes = stack.once(classesByCluster).get(storageClass.home) ?? [];
    const chosen = classes.filter(isDefault);
    if (classes[0] !== storageClass || chosen.length === 1) return [];
    const seen = chosen.length === 0 ? "none is" : `${chosen.map(({ name }) => name).join(" and ")} are`;
    return [`belongs to a cluster where ${seen} the default, and exactly one class must be`];
  },
};

function classesByCluster(stack: Stack): ReadonlyMap<string, readonly Judged[]> {
  return Map.groupBy(stack.of(STORAGE_CLASS), ({ home }) => home);
}

function isDefault({ props }: Judged): boolean {
  return textAt(props, "metadata", "annotations", DEFAULT_CLASS) === "true";
}
