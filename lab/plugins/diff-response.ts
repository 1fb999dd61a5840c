import messages, { type DiffResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { type InputChange, topOf } from "./input-diff.ts";

/** Changes as the engine is told of them. */
export function diffResponse(changes: readonly InputChange[]): DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const replaces = changes.filter((change) => change.replaces).map(({ path }) => topOf(path));
  const response = new messages.DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...new Set(changes.map(({ path }) => topOf(path)))])
    .setReplacesList([...new Set(replaces)])
    .setHasdetaileddiff(true);
  for (const change of changes) {
    const shown = new messages.PropertyDiff().setKind(kindOf(change)).setInputdiff(true);
    response.getDetaileddiffMap().set(change.path, shown);
  }
  return response;
}

function kindOf({ kind, replaces }: InputChange) {
  const { ADD, DELETE, UPDATE } = messages.PropertyDiff.Kind;
  const plainly = { add: ADD, delete: DELETE, update: UPDATE }[kind];
  // Each kind is followed by its replacing twin.
  return (replaces ? plainly + 1 : plainly) as typeof plainly;
}
