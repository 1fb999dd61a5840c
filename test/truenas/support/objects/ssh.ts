import { generateKeyPairSync } from "node:crypto";
import type { Values } from "../plugin.ts";
import { type Call, foundBy, type Managed, within } from "./managed.ts";

const HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const OTHER_KEY = `${HOST_KEY.slice(0, -4)}BBBB`;
const PUBLIC_KEY = `${HOST_KEY} root@din`;

const [KEY, OTHER] = ["one", "other"].map(() => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
});

const pairs = (at: string) =>
  ["key of", "other key of"].map(
    (name): Call => [
      "keychaincredential.create",
      { name: `${name} ${at}`, type: "SSH_KEY_PAIR", attributes: { public_key: PUBLIC_KEY } },
    ],
  );

/** Ways to another appliance, made by hand. */
export const connections = (at: string) =>
  ["way to", "other way to"].map(
    (name): Call => [
      "keychaincredential.create",
      {
        name: `${name} ${at}`,
        type: "SSH_CREDENTIALS",
        attributes: { host: "10.10.10.21", private_key: 1, remote_host_key: HOST_KEY },
      },
    ],
  );

const attributes = (change: Values) => within("attributes", change);

/** By which key, and as whom, appliances enter each other. */
export const ssh: readonly Managed[] = [
  {
    type: "SshConnection",
    namespace: "keychaincredential",
    ground: pairs,
    stated: (at) => ({
      name: `to grogu ${at}`,
      host: "10.10.10.21",
      port: 2222,
      username: "replicator",
      keyPair: `key of ${at}`,
      remoteHostKey: HOST_KEY,
      connectTimeout: 20,
    }),
    id: ({ name }) => String(name),
    made: {
      name: "to grogu it",
      type: "SSH_CREDENTIALS",
      attributes: {
        host: "10.10.10.21",
        port: 2222,
        username: "replicator",
        private_key: 1,
        remote_host_key: `${HOST_KEY}\n`,
        connect_timeout: 20,
      },
    },
    drift: {
      host: attributes({ host: "10.10.10.22" }),
      port: attributes({ port: 22 }),
      username: attributes({ username: "root" }),
      keyPair: (row) => {
        const old = row["attributes"] as { private_key: number };
        return { attributes: { ...old, private_key: old.private_key + 1 } };
      },
      remoteHostKey: attributes({ remote_host_key: OTHER_KEY }),
      connectTimeout: attributes({ connect_timeout: 10 }),
    },
    changes: {
      host: "grogu.lan",
      port: 22,
      username: "root",
      keyPair: "other key of it",
      remoteHostKey: OTHER_KEY,
      connectTimeout: 5,
    },
    refused: [
      [
        { remoteHostKey: "grogu ssh-ed25519 AAAA" },
        "remoteHostKey",
        'remoteHostKey "grogu ssh-ed25519 AAAA" is no SSH host key; use "type base64" as ssh-keyscan prints it, without the host name',
      ],
      [{ port: 0 }, "port", "port 0 is below the minimum of 1; raise it"],
      [{ host: "a b" }, "host", 'host "a b" has blanks; write it without'],
    ],
    otherwise: { connectTimeout: 7 },
    fixed: foundBy("connection", "name"),
  },
  {
    type: "SshKeyPair",
    namespace: "keychaincredential",
    stated: (at) => ({ name: `pair ${at}`, privateKey: KEY }),
    id: ({ name }) => String(name),
    made: { name: "pair it", type: "SSH_KEY_PAIR", attributes: { private_key: KEY } },
    drift: { privateKey: { attributes: { private_key: OTHER } } },
    along: { privateKey: ["publicKey"] },
    changes: { privateKey: OTHER },
    refused: [
      [
        { privateKey: "-----BEGIN NONSENSE-----" },
        "privateKey",
        "privateKey cannot be read; use an RSA or ed25519 key without a passphrase, in OpenSSH's or PEM's form",
      ],
    ],
    otherwise: { privateKey: OTHER },
    fixed: foundBy("pair", "name"),
  },
];
