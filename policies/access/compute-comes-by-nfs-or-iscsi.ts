import { backendOfClass, backendOfVolume } from "../kubernetes/backends.ts";
import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { SMB_SHARE, STORAGE_CLASS, VOLUME } from "../tokens.ts";
import { inside, networksSetting, rangesOf } from "./networks.ts";

/** Services need POSIX permissions and stable mounts, which SMB does not give them. */
export const computeComesByNfsOrIscsi: Rule = {
  name: "compute-comes-by-nfs-or-iscsi",
  description: "Compute must reach data by NFS or iSCSI, not by SMB.",
  source: "D1 §7, ADR-0005",
  remedy: "export the data by NFS, or attach a zvol by iSCSI",
  severity: "medium",
  weight: "always",
  configSchema: networksSetting(["storage"]),
  judges: [SMB_SHARE, STORAGE_CLASS, VOLUME],
  judge(resource, stack, settings) {
    if (resource.type === SMB_SHARE) {
      const clients = textsAt(resource.props, "options", "hostsallow");
      const compute = inside(clients, rangesOf(settings, stack.site));
      return compute.map((client) => `is shared with ${client}, where compute is, which must come by NFS or iSCSI`);
    }
    const backend = resource.type === VOLUME ? backendOfVolume(resource) : backendOfClass(resource);
    return backend === "smb" ? ["reaches its data by SMB and must use NFS or iSCSI"] : [];
  },
};
