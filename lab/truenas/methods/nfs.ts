import { bool, defaulted, int, literal, nullable, refined, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { list } from "../middleware/models.ts";
import { configurationMethods, settingsOf } from "./configuration.ts";

const CORES = 8;
const MOST_CHOSEN = 32;
const RDMA_PORT = 20049;

const port = refined(nullable(int({ ge: 1, le: 65_535 })), (value) =>
  value === RDMA_PORT
    ? `Value error, ${RDMA_PORT} is a reserved for internal use. Please select another value.`
    : undefined,
);

const shape = {
  servers: nullable(int({ ge: 1, le: 256 })),
  allow_nonroot: bool,
  protocols: list(literal("NFSV3", "NFSV4")),
  v4_krb: bool,
  v4_domain: str(),
  bindip: defaulted(list(str({ min: 1 })), []),
  mountd_port: port,
  rpcstatd_port: port,
  rpclockd_port: port,
  mountd_log: bool,
  statd_lockd_log: bool,
  userd_manage_gids: bool,
  rdma: bool,
};

const nfs = {
  namespace: "nfs",
  initial: () => ({
    servers: null,
    allow_nonroot: false,
    protocols: ["NFSV3" as const, "NFSV4" as const],
    v4_krb: false,
    v4_domain: "",
    bindip: [],
    mountd_port: null,
    rpcstatd_port: null,
    rpclockd_port: null,
    mountd_log: true,
    statd_lockd_log: false,
    userd_manage_gids: false,
    rdma: false,
  }),
};

/** The versions that the NFS service speaks. */
export function nfsProtocols(context: Context): readonly string[] {
  return settingsOf<typeof shape>(nfs, context).protocols;
}

/** `nfs.*`: settings of the NFS service. */
export const nfsMethods: Methods = {
  "nfs.bindip_choices": method({}, ({ addresses }) => Object.fromEntries(addresses.map((ip) => [ip, ip]))),
  ...configurationMethods({
    ...nfs,
    argument: "nfs_update",
    shape,
    checked: ({ addresses }, errors, settings) => {
      for (const [index, ip] of settings.bindip.entries()) {
        if (!addresses.includes(ip))
          errors.add(`nfs_update.bindip.${index}`, `Cannot use ${ip}. Please provide a valid ip address.`);
      }
      if (!settings.protocols.includes("NFSV4") && settings.v4_domain !== "")
        errors.add("nfs_update.v4_domain", "This option does not apply to NFSv3");
      if (settings.rdma)
        errors.add("nfs_update.rdma", "This platform cannot support NFS over RDMA or is missing an RDMA capable NIC.");
      return settings;
    },
    entry: (_context, settings) => ({
      ...settings,
      servers: settings.servers ?? Math.min(CORES, MOST_CHOSEN),
      managed_nfsd: settings.servers === null,
      v4_krb_enabled: settings.v4_krb,
      keytab_has_nfs_spn: false,
    }),
  }),
};
