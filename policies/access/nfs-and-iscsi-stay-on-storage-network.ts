import type { Judged } from "../judged.ts";
import { at, listAt, textAt, textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { ISCSI_PORTAL, NFS_CONFIG, NFS_SHARE } from "../tokens.ts";
import { networksSetting, outside, rangesOf } from "./networks.ts";

const ADDRESSES: Readonly<Record<string, (service: Judged) => readonly string[]>> = {
  [NFS_SHARE]: ({ props }) => [...textsAt(props, "networks"), ...textsAt(props, "hosts")],
  [NFS_CONFIG]: ({ props }) => boundTo(at(props, "bindip")),
  [ISCSI_PORTAL]: ({ props }) => listAt(props, "listen").map((listen) => textAt(listen, "ip") ?? String(listen)),
};

/** Storage traffic neither crosses a router nor competes with people. */
export const nfsAndIscsiStayOnStorageNetwork: Rule = {
  name: "nfs-and-iscsi-stay-on-storage-network",
  description: "NFS and iSCSI must be served on the storage VLAN only.",
  source: "D4 Network Layer, ADR-0005",
  remedy: "give the client an interface in the storage VLAN and name that network",
  severity: "high",
  weight: "always",
  configSchema: networksSetting(["storage"]),
  judges: Object.keys(ADDRESSES),
  judge(service, stack, settings) {
    const ranges = rangesOf(settings, stack.site);
    if (ranges.length === 0) return [];
    const strays = outside(ADDRESSES[service.type]?.(service) ?? [], ranges);
    return strays.map((stray) => `serves ${stray} and must stay on the storage network ${ranges.join(", ")}`);
  },
};

/** An empty list means every address; one that is not stated is not managed here. */
function boundTo(addresses: unknown): readonly string[] {
  if (!Array.isArray(addresses)) return [];
  return addresses.length > 0 ? addresses.map(String) : ["0.0.0.0"];
}
