import type { DiffResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import type { DetailedDiff, DiffKind } from "../run.ts";
import type { DiffResult } from "./provider.ts";

const CHANGES = ["unknown", "none", "some"] as const;
const KINDS: readonly DiffKind[] = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

/** The answer to Diff or DiffConfig; `detailed` is undefined when the provider only named keys. */
export function readDiff(response: DiffResponse): DiffResult {
  return {
    changes: CHANGES[response.getChanges()] ?? "unknown",
    replaceKeys: response.getReplacesList(),
    changedKeys: response.getDiffsList(),
    detailed: readDetails(response),
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
}

function readDetails(response: DiffResponse): DetailedDiff | undefined {
  if (!response.getHasdetaileddiff()) return undefined;
  const details: DetailedDiff = {};
  response.getDetaileddiffMap().forEach((diff, path) => {
    details[path] = { kind: KINDS[diff.getKind()] ?? "update" };
  });
  return details;
}
