import { configObject } from "./config-object.ts";
import type { Properties, Values } from "./property.ts";
import { defineType, type Problem, type Row } from "./resource-type.ts";

const port = (doc: string) =>
  ({ kind: "integer", doc: `${doc}; 0 leaves it to the system.`, min: 0, max: 65535, nullIs: 0 }) as const;

const properties = {
  servers: {
    kind: "integer",
    doc: "Server threads; 0 lets TrueNAS choose by its processors.",
    min: 0,
    max: 256,
    nullIs: 0,
  },
  allowNonroot: { kind: "boolean", doc: "Takes requests from unprivileged ports of clients." },
  protocols: {
    kind: "list",
    doc: "Versions that are spoken.",
    items: { kind: "enum", doc: "A version.", values: ["NFSV3", "NFSV4"] },
    compare: "set",
    unique: true,
    minItems: 1,
  },
  v4Krb: { kind: "boolean", doc: "Takes Kerberos only." },
  v4Domain: { kind: "string", doc: "Domain of user names in version 4; empty is the DNS domain." },
  bindip: {
    kind: "list",
    doc: "Addresses of the appliance that it listens on; empty is all of them.",
    items: { kind: "string", doc: "An address of the appliance.", rule: "address" },
    compare: "set",
    unique: true,
  },
  mountdPort: port("Port of mountd"),
  rpcstatdPort: port("Port of rpc.statd"),
  rpclockdPort: port("Port of rpc.lockd"),
  mountdLog: { kind: "boolean", doc: "Logs mounts." },
  statdLockdLog: { kind: "boolean", doc: "Logs locks." },
  userdManageGids: { kind: "boolean", doc: "Looks a user's groups up here in place of believing the client." },
  rdma: { kind: "boolean", doc: "Speaks RDMA as well; needs hardware for it." },
} as const satisfies Properties;

/** Settings of the NFS service. */
export const nfsConfig = defineType({
  name: "NfsConfig",
  doc: "Settings of the NFS service. What is not stated, and what is taken out of the program, stays as it is.",
  properties,
  ...configObject("nfs", properties, { read: withManagedServers }),
  check,
});

/** The number of threads that TrueNAS chose itself is shown as if somebody had chosen it. */
function withManagedServers(row: Row): Row {
  return row["managed_nfsd"] === true ? { ...row, servers: null } : row;
}

const RDMA_PORT = 20049;

function check(inputs: Values): readonly Problem[] {
  const ports = ["mountdPort", "rpcstatdPort", "rpclockdPort"].filter((name) => inputs[name] === RDMA_PORT);
  const { protocols, v4Domain } = inputs;
  const old = Array.isArray(protocols) && protocols.length === 1 && protocols[0] === "NFSV3";

  return [
    ...ports.map((property) => ({
      property,
      reason: `${property} ${RDMA_PORT} belongs to NFS over RDMA; use another port`,
    })),
    ...(old && typeof v4Domain === "string" && v4Domain !== ""
      ? [
          {
            property: "v4Domain",
            reason: "v4Domain is of version 4, which protocols leaves out; add NFSV4 or remove it",
          },
        ]
      : []),
  ];
}
