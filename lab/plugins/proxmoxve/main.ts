import { serveStandIn } from "../plugin-server.ts";
import { block, flag, formed, list, text, whole } from "../rules.ts";
import { ADMINISTRATION_TYPES } from "./administration-types.ts";
import { MACHINE_TYPES } from "./machine-types.ts";
import { NETWORK_TYPES } from "./network-types.ts";
import { STORAGE_TYPES } from "./storage-types.ts";

serveStandIn({
  version: "8.6.0",
  provider: {
    inputs: {
      endpoint: formed(/^https:\/\/[^/]+\/?$/, "https://host:port/", { required: true }),
      apiToken: formed(/^\S+@\S+!\S+=[a-zA-Z0-9-]+$/, "user@realm!token=uuid"),
      insecure: flag(),
      minTls: text(),
      tmpDir: text(),
      username: text(),
      password: text(),
      authTicket: text(),
      csrfPreventionToken: text(),
      randomVmIds: flag(),
      randomVmIdStart: whole(),
      randomVmIdEnd: whole(),
      ssh: block({
        agent: flag(),
        agentForwarding: flag(),
        agentSocket: text(),
        nodeAddressSource: text(),
        nodes: list(block({ name: text({ required: true }), address: text({ required: true }), port: whole() })),
        password: text(),
        privateKey: text(),
        socks5Password: text(),
        socks5Server: text(),
        socks5Username: text(),
        username: text(),
      }),
    },
    check: ({ apiToken, username, password, authTicket }) =>
      apiToken !== undefined || (username !== undefined && password !== undefined) || authTicket !== undefined
        ? []
        : [{ property: "apiToken", reason: "or username and password or authTicket must be given" }],
  },
  types: { ...NETWORK_TYPES, ...MACHINE_TYPES, ...STORAGE_TYPES, ...ADMINISTRATION_TYPES },
});
