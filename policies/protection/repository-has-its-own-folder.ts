import { isWithin } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { credentialOf, earlierWriter, WRITERS } from "./repositories.ts";

/** Two backups in one repository prune each other's states, without an error. */
export const repositoryHasItsOwnFolder: Rule = {
  name: "repository-has-its-own-folder",
  description: "Each copy in a cloud must have a folder to itself.",
  source: "D4 Tier 3, ADR-0037",
  remedy: "give each copy a folder of its own; what was pruned comes back from the bucket's versions only",
  severity: "critical",
  weight: "always",
  judges: WRITERS,
  judge(task, stack) {
    const [bucket, folder] = [bucketOf(task, stack), folderOf(task)];
    const first = earlierWriter(
      task,
      stack,
      (other) => bucketOf(other, stack) === bucket && nested(folderOf(other), folder),
    );
    const place = `${textAt(task.props, "bucket")}/${folder}`;
    return first ? [`writes to ${place}, where ${first.name} writes, and must have a folder of its own`] : [];
  },
};

/** Bucket names are unique within one cloud only. */
function bucketOf(task: Judged, stack: Stack): string {
  const credential = credentialOf(task, stack);
  return `${textAt(credential?.props, "endpoint") ?? ""} ${textAt(task.props, "bucket")}`;
}

function nested(one: string, other: string): boolean {
  return one === "" || other === "" || isWithin(one, other) || isWithin(other, one);
}

/** TrueNAS takes slashes around a folder, and means the same. */
function folderOf({ props }: Judged): string {
  return (textAt(props, "folder") ?? "").replace(/^\/+|\/+$/g, "");
}
