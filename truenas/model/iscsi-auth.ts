import { adopt } from "./adopt.ts";
import type { Properties, Values } from "./property.ts";
import { defineType, type Problem } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";
import { UNKNOWN } from "./unknown.ts";

const properties = {
  tag: {
    kind: "integer",
    doc: "Number that targets name; several users can have one. A change makes new credentials.",
    required: true,
    replaces: true,
    min: 0,
  },
  user: {
    kind: "string",
    doc: "Who initiators are. A change makes new credentials.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 120,
  },
  secret: {
    kind: "string",
    doc: "What initiators know, 12 to 16 characters.",
    required: true,
    secret: true,
    writeOnly: true,
    rule: "chapSecret",
  },
  peeruser: {
    kind: "string",
    doc: "Who the target is to initiators, for mutual CHAP; empty is none.",
    default: "",
    maxLength: 120,
  },
  peersecret: {
    kind: "string",
    doc: "What the target knows, 12 to 16 characters and another than the secret.",
    secret: true,
    writeOnly: true,
    default: "",
    rule: "chapSecret",
  },
  discoveryAuth: {
    kind: "enum",
    doc: "How initiators prove who they are before they see targets; one set of credentials at most is CHAP_MUTUAL.",
    values: ["NONE", "CHAP", "CHAP_MUTUAL"],
    default: "NONE",
  },
  adopt: adopt("credentials of this tag and user"),
} as const satisfies Properties;

/** Credentials of iSCSI initiators. */
export const iscsiAuth = defineType({
  name: "IscsiAuth",
  doc: "Credentials with which iSCSI initiators and targets prove who they are (CHAP).",
  properties,
  ...rowObject("iscsi.auth", properties),
  idOf: (inputs) => `${inputs["tag"]}:${inputs["user"]}`,
  idForm: "tag:user",
  idOfRow: (row) => `${row["tag"]}:${row["user"]}`,
  unread: ({ values }) => (values["peeruser"] ? ["secret", "peersecret"] : ["secret"]),
  check,
});

function check(inputs: Values): readonly Problem[] {
  const { secret, peeruser = "", peersecret = "", discoveryAuth } = inputs;
  const none = peeruser === "";

  return [
    ...(none && peersecret !== ""
      ? [{ property: "peeruser", reason: "peersecret needs peeruser, whose it is; state it" }]
      : []),
    ...(!none && peersecret === ""
      ? [{ property: "peersecret", reason: "peeruser needs peersecret, by which it proves who it is; state it" }]
      : []),
    ...(peersecret !== "" && peersecret !== UNKNOWN && peersecret === secret
      ? [{ property: "peersecret", reason: "peersecret is the secret as well; use another one" }]
      : []),
    ...(none && discoveryAuth === "CHAP_MUTUAL"
      ? [{ property: "discoveryAuth", reason: "CHAP_MUTUAL needs peeruser and peersecret; state them" }]
      : []),
  ];
}
