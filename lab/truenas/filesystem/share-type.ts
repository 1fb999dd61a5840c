import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow } from "../state/rows.ts";
import { mountpoint, parentPath } from "../zfs/dataset-tree.ts";
import { familyAt, isNfs4, modeFromAcl } from "./acl.ts";
import type { Nfs4Entry } from "./acl-entry.ts";
import { nodeAt } from "./nodes.ts";

const entry = (tag: Nfs4Entry["tag"], permissions: string, id = -1): Nfs4Entry => ({
  tag,
  type: "ALLOW",
  perms: { BASIC: permissions },
  flags: { BASIC: "INHERIT" },
  id,
});

/** The restricted template, with the appliance's own groups added. */
const RESTRICTED: readonly Nfs4Entry[] = [
  entry("owner@", "FULL_CONTROL"),
  entry("group@", "MODIFY"),
  entry("GROUP", "MODIFY", 545),
  entry("GROUP", "FULL_CONTROL", 544),
];

const APPS_UID = 568;

function inheritable(acl: Nfs4Entry): boolean {
  return (
    acl.flags["BASIC"] === "INHERIT" || acl.flags["DIRECTORY_INHERIT"] === true || acl.flags["FILE_INHERIT"] === true
  );
}

function inherited(state: ApplianceState, dataset: string): readonly Nfs4Entry[] | undefined {
  const parent = parentPath(dataset);
  if (parent === undefined || familyAt(state, mountpoint(parent)) !== "NFS4") return undefined;
  const acl = nodeAt(state, mountpoint(parent))?.acl;
  if (acl === undefined || !isNfs4(acl)) return undefined;
  const passed = acl.filter(inheritable);
  return passed.length > 0 ? passed : undefined;
}

function aclFor(state: ApplianceState, dataset: string, shareType: string): readonly Nfs4Entry[] | undefined {
  const above = inherited(state, dataset);
  switch (shareType) {
    case "SMB":
      return above ?? RESTRICTED;
    case "APPS":
      return [...(above ?? RESTRICTED), entry("USER", "MODIFY", APPS_UID)];
    case "NFS":
    case "MULTIPROTOCOL":
      return above;
    default:
      return undefined;
  }
}

/** Gives a new dataset the access control list that its share type asks for. */
export function applyShareType(state: ApplianceState, dataset: DatasetRow, shareType: string): void {
  const node = nodeAt(state, mountpoint(dataset.id));
  const acl = aclFor(state, dataset.id, shareType);
  if (node === undefined || acl === undefined) return;
  state.nodes.put(node.path, { ...node, acl, mode: modeFromAcl(acl, node.mode) });
}
