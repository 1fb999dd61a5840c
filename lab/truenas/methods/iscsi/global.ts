import type { ValidationErrors } from "../../middleware/errors.ts";
import { bool, int, nullable, str } from "../../middleware/kinds.ts";
import type { Context, Methods } from "../../middleware/method.ts";
import { list } from "../../middleware/models.ts";
import { isAddress } from "../../networks.ts";
import { configurationMethods, settingsOf } from "../configuration.ts";

const shape = {
  basename: str(),
  isns_servers: list(str()),
  listen_port: int({ ge: 1025, le: 65_535 }),
  pool_avail_threshold: nullable(int({ ge: 1, le: 99 })),
  alua: bool,
  iser: bool,
};

const iscsi = {
  namespace: "iscsi.global",
  initial: () => ({
    basename: "iqn.2005-10.org.freenas.ctl",
    isns_servers: [],
    listen_port: 3260,
    pool_avail_threshold: null,
    alua: false,
    iser: false,
  }),
};

/** What the name of every target begins with. */
export function basename(context: Context): string {
  return settingsOf<typeof shape>(iscsi, context).basename;
}

/** The port on which every portal listens. */
export function portalPort(context: Context): number {
  return settingsOf<typeof shape>(iscsi, context).listen_port;
}

// A server answers when the appliance's surroundings have one of that address.
function checkServer({ hostnames }: Context, errors: ValidationErrors, server: string): void {
  const [host = "", port = "3205", ...rest] = server.split(":");
  const attribute = "iscsiglobal_update.isns_servers";
  if (rest.length > 0 || !isAddress(host) || !/^\d+$/.test(port))
    errors.add(attribute, `Server "${server}" is not a valid IP(:PORT)? tuple.`);
  else if (![...hostnames.values()].includes(host)) errors.add(attribute, `Server "${server}" could not be contacted.`);
}

/** `iscsi.global.*`: settings of the iSCSI service. */
export const iscsiGlobalMethods: Methods = configurationMethods({
  ...iscsi,
  argument: "iscsi_update",
  shape,
  checked: (context, errors, settings, old) => {
    for (const server of settings.isns_servers)
      if (!old.isns_servers.includes(server)) checkServer(context, errors, server);
    if (settings.iser)
      errors.add("iscsiglobal_update.iser", "This platform cannot support iSER or is missing an RDMA capable NIC.");
    return settings;
  },
});
