import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { NFS_SHARE } from "../tokens.ts";

const EVERYBODY = ["0.0.0.0/0", "::/0", "*"];

/** An export without clients is one for everybody. */
export const exportsNameTheirClients: Rule = {
  name: "exports-name-their-clients",
  description: "An NFS export must name the subnets or hosts that may mount it.",
  source: "D3 NFS Security, ADR-0005",
  remedy: "name the networks or hosts that need it",
  severity: "high",
  weight: "always",
  judges: [NFS_SHARE],
  judge({ props }) {
    const clients = [...textsAt(props, "networks"), ...textsAt(props, "hosts")];
    if (clients.length === 0) return ["names no client and must not be open to everybody"];
    const open = clients.filter((client) => EVERYBODY.includes(client));
    return open.map((client) => `names ${client} and must not be open to everybody`);
  },
};
