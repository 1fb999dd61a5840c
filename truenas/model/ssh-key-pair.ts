import { adopt } from "./adopt.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { type Call, defineType, type Ingredient, type Live, type Problem, type Row } from "./resource-type.ts";
import { rowCalls } from "./row-calls.ts";
import { bareKey, publicHalf } from "./ssh-public-key.ts";

const properties = {
  name: {
    kind: "string",
    doc: "Name that connections call it by. A change makes a new pair.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 255,
  },
  privateKey: {
    kind: "string",
    doc: "Private half in OpenSSH's or PEM's form, without a passphrase; without it the appliance makes a pair, of which only the public half ever leaves it.",
    secret: true,
  },
  adopt: adopt("a key pair of this name"),
} as const satisfies Properties;

const outputs = {
  publicKey: { kind: "string", doc: "Public half as `type base64`, as it goes into authorized keys." },
  rowId: { kind: "integer", doc: "Row id in the middleware." },
} as const satisfies Properties;

const MADE_THERE = "<made by the appliance>";
const MAKING: Ingredient = {
  method: "keychaincredential.generate_ssh_key_pair",
  params: [],
  take: "private_key",
  into: [0, "attributes", "private_key"],
};

/** A key pair by which this appliance proves who it is. */
export const sshKeyPair = defineType({
  name: "SshKeyPair",
  doc: "A key pair by which this appliance logs in to others.",
  properties,
  outputs,
  reading: { by: "namespace", namespace: "keychaincredential.pair" },
  idOf: (inputs) => String(inputs["name"]),
  idForm: "key pair name",
  idOfRow: (row) => (row["type"] === "SSH_KEY_PAIR" ? String(row["name"]) : undefined),
  live,
  create: (inputs) => [
    {
      ...written("keychaincredential.create", { name: inputs["name"], type: "SSH_KEY_PAIR", ...attributes(inputs) }),
      ...(inputs["privateKey"] === undefined ? { first: MAKING } : {}),
    },
  ],
  update: ({ id, rowId, news, changed }) =>
    "privateKey" in changed && news["privateKey"] !== undefined
      ? [written("keychaincredential.update", rowId ?? `<row of ${id}>`, attributes(news))]
      : [],
  removal: rowCalls("keychaincredential", () => ({})).removal,
  derive: (inputs) => {
    const publicKey = typeof inputs["privateKey"] === "string" ? publicHalf(inputs["privateKey"]) : undefined;
    return publicKey === undefined ? {} : { publicKey };
  },
  unread: () => ["privateKey"],
  same: { privateKey: sameKey },
  check,
});

function written(method: string, ...params: readonly unknown[]): Call {
  return { method, params, secret: true };
}

/** TrueNAS replaces the attributes as a whole, and works the public half out. */
function attributes({ privateKey }: Values): Values {
  return { attributes: { private_key: privateKey ?? MADE_THERE } };
}

/** The private half is never read: where the public one is another, so is the private one. */
function live(row: Row, { inputs }: { readonly inputs?: Values }): Live {
  const stored = isRecord(row["attributes"]) ? row["attributes"]["public_key"] : undefined;
  const publicKey = typeof stored === "string" ? bareKey(stored) : undefined;
  const stated = inputs?.["privateKey"];
  const own = typeof stated === "string" ? publicHalf(stated) : undefined;
  const differs = own !== undefined && publicKey !== undefined && own !== publicKey;

  return {
    values: { name: row["name"], ...(differs ? { privateKey: publicKey } : {}) },
    outputs: { ...(publicKey === undefined ? {} : { publicKey }), rowId: row["id"] },
  };
}

/** Keys are told apart by their public halves, which either side may be. */
function sameKey(a: unknown, b: unknown): boolean {
  const known = (key: unknown) => publicHalf(String(key)) ?? bareKey(String(key));

  return known(a) === known(b);
}

function check({ privateKey }: Values): readonly Problem[] {
  if (typeof privateKey !== "string" || !privateKey.includes("-----BEGIN") || publicHalf(privateKey)) return [];

  return [
    {
      property: "privateKey",
      reason: "privateKey cannot be read; use an RSA or ed25519 key without a passphrase, in OpenSSH's or PEM's form",
    },
  ];
}
