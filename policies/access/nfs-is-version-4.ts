import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { NFS_CONFIG } from "../tokens.ts";

/** Older versions lock beside the protocol and forget locks when a connection breaks. */
export const nfsIsVersion4: Rule = {
  name: "nfs-is-version-4",
  description: "The NFS service must speak version 4, and no older one.",
  source: "D3 NFS Security",
  remedy: "set the protocols to NFSV4 only",
  severity: "medium",
  weight: "always",
  judges: [NFS_CONFIG],
  judge({ props }) {
    const protocols = textsAt(props, "protocols");
    if (protocols.length === 1 && protocols[0] === "NFSV4") return [];
    return [`speaks ${protocols.join(" and ") || "its defaults, NFSV3 and NFSV4,"} and must speak NFSV4 only`];
  },
};
