import type { ApplianceState } from "../state/appliance-state.ts";
import { allows } from "./access.ts";
import { nodeAt } from "./nodes.ts";

const OTHERS = { uid: 1000, gids: [1000] };

/** Whether anybody may pass through the directories above a path and read what is in them. */
export function othersRead(state: ApplianceState, path: string): boolean {
  const parts = path.split("/").slice(0, -1);
  const above = parts.map((_part, depth) => parts.slice(0, depth + 1).join("/"));
  const nodes = above.flatMap((directory) => nodeAt(state, directory) ?? []);
  return nodes.every((node) => allows(state, node, OTHERS, "execute") && allows(state, node, OTHERS, "read"));
}
