import { liveAddresses, liveOf } from "../../network/interface-rows.ts";
import type { AlertSource } from "../alert-source.ts";

interface PortalRow {
  readonly listen: readonly { readonly ip: string }[];
}

const EVERYWHERE = ["0.0.0.0", "::"];

/** Addresses that iSCSI is to listen on and that are not there. */
export const iscsiPortals: AlertSource = {
  name: "ISCSIPortalIP",
  every: () => 60 * 60_000,
  reads: (state) => [state.table("iscsi.portal"), state.services, liveOf(state)],
  look: ({ state }) => {
    const runs = state.services.values().some(({ service, running }) => service === "iscsitarget" && running);
    if (!runs) return [];
    const present = [...liveAddresses(state), ...EVERYWHERE];
    const wanted = state.table<PortalRow>("iscsi.portal").values();
    const missing = wanted.flatMap(({ listen }) => listen.map(({ ip }) => ip)).filter((ip) => !present.includes(ip));
    return missing.length === 0 ? [] : [{ klass: "ISCSIPortalIP", args: [...new Set(missing)].join(", ") }];
  },
};
