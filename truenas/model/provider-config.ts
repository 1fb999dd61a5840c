import type { Properties } from "./property.ts";

/** Inputs of the provider itself. */
export const providerConfig = {
  host: { kind: "string", doc: "Address of the appliance.", required: true },
  port: { kind: "integer", doc: "SSH port. Default 22.", default: 22, min: 1, max: 65535 },
  user: { kind: "string", doc: "SSH user. Default root.", default: "root" },
  sudo: { kind: "boolean", doc: "Runs midclt through `sudo -n`. Default false.", default: false },
  secrets: {
    kind: "enum",
    doc: "How secrets reach the appliance: stdin of a small python3 program, or argv of midclt, where its process list shows them. Default stdin.",
    values: ["stdin", "argv"],
    default: "stdin",
  },
  hostKey: {
    kind: "string",
    doc: "The appliance's SSH host key, `type base64`; any other key is refused.",
    rule: "hostKey",
  },
  privateKey: {
    kind: "string",
    doc: "SSH private key; needed by the first call that reaches the appliance.",
    secret: true,
  },
  secretName: {
    kind: "string",
    doc: "Configuration key named in the advice when the private key is missing. Default truenas:privateKey.",
    default: "truenas:privateKey",
  },
  importParent: { kind: "string", doc: "URN that import lines in messages name as the parent." },
  maintenance: {
    kind: "string",
    doc: "Reason why the appliance is left alone: reads answer from state, writes fail with it.",
  },
  label: { kind: "string", doc: "Name used in messages and in the journal. Default the host." },
} as const satisfies Properties;
