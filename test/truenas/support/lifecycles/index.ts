import type { Lifecycle } from "../lifecycle.ts";
import { managedLifecycles } from "../objects/index.ts";
import { data } from "./data.ts";
import { permissions } from "./permissions.ts";
import { shares } from "./shares.ts";
import { tasks } from "./tasks.ts";

/** The story of one object of every type, from beginning to end. */
export const lifecycles: readonly Lifecycle[] = [...data, ...shares, ...tasks, ...permissions, ...managedLifecycles];

/** Types by what they are about, so that their stories can be told side by side. */
const ABOUT = {
  storage: ["Pool", "Dataset", "Zvol", "FilesystemAcl", "SnapshotTask", "ScrubTask"],
  sharing: ["NfsShare", "SmbShare", "SmbShareAcl", "NfsConfig", "SmbConfig", "Service"],
  blocks: [
    "IscsiGlobal",
    "IscsiPortal",
    "IscsiInitiator",
    "IscsiAuth",
    "IscsiTarget",
    "IscsiExtent",
    "IscsiTargetExtent",
  ],
  network: ["NetworkInterface", "NetworkConfig", "StaticRoute", "User", "Group", "ApiKey"],
} as const;

/** The stories about something; `other` is about everything that has no word of its own. */
export function lifecyclesAbout(subject: keyof typeof ABOUT | "other"): readonly Lifecycle[] {
  const named: readonly string[] = Object.values(ABOUT).flat();
  const types: readonly string[] = subject === "other" ? [] : ABOUT[subject];
  return lifecycles.filter(({ type }) => (subject === "other" ? !named.includes(type) : types.includes(type)));
}
