import { foundBy, type Managed, within } from "./managed.ts";

/** Why a secret never drifts. */
export const UNREAD = "is a secret, which is never read";
const unread = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, UNREAD]));

const s3 = {
  type: "S3",
  access_key_id: "K001",
  secret_access_key: "planted-s3-secret",
  endpoint: "https://s3.eu-central-003.backblazeb2.com",
  region: "eu-central-003",
  skip_region: true,
  signatures_v2: true,
  max_upload_parts: 1000,
};
const dav = {
  type: "WEBDAV",
  url: "https://dav.home.lan/remote",
  vendor: "NEXTCLOUD",
  user: "nas",
  pass: "planted-dav-pass",
};

/** With what others are reached, and what others need here; each has a secret. */
export const credentials: readonly Managed[] = [
  {
    type: "CloudCredential",
    namespace: "cloudsync.credentials",
    stated: (at) => ({
      name: `cloud ${at}`,
      type: "S3",
      accessKeyId: "K001",
      secretAccessKey: "planted-s3-secret",
      endpoint: "https://s3.eu-central-003.backblazeb2.com",
      region: "eu-central-003",
      skipRegion: true,
      signaturesV2: true,
      maxUploadParts: 1000,
    }),
    id: ({ name }) => String(name),
    made: { name: "cloud it", provider: s3 },
    kept: ["accessKeyId", "secretAccessKey"],
    drift: {
      accessKeyId: within("provider", { access_key_id: "K002" }),
      endpoint: within("provider", { endpoint: "https://s3.us-west-002.backblazeb2.com" }),
      region: within("provider", { region: "us-west-002" }),
      skipRegion: within("provider", { skip_region: false }),
      signaturesV2: within("provider", { signatures_v2: false }),
      maxUploadParts: within("provider", { max_upload_parts: 10000 }),
    },
    changes: {
      accessKeyId: "K003",
      secretAccessKey: "planted-s3-other",
      endpoint: "https://s3.us-west-002.backblazeb2.com/",
      region: "us-west-002",
      skipRegion: false,
      signaturesV2: false,
      maxUploadParts: 10000,
    },
    refused: [
      [{ secretAccessKey: undefined }, "secretAccessKey", "type S3 needs secretAccessKey; state it"],
      [{ account: "K" }, "account", "type S3 has no account; leave it out"],
      [{ name: " " }, "name", "name is blank; it is how the object is found, so give it a text"],
      [
        { endpoint: "s3.example.org" },
        "endpoint",
        'endpoint "s3.example.org" is no web address; use one such as https://s3.eu-central-003.backblazeb2.com',
      ],
    ],
    otherwise: { region: "elsewhere" },
    fixed: {
      ...foundBy("credential", "name"),
      ...unread("secretAccessKey", "key", "pass"),
      type: "comes with other properties: somebody who changes it makes another credential",
      account: "is told with a credential of its type",
    },
  },
  {
    type: "CloudCredential",
    title: "CloudCredential of Backblaze B2",
    brief: true,
    namespace: "cloudsync.credentials",
    stated: (at) => ({ name: `b2 ${at}`, type: "B2", account: "B001", key: "planted-b2-key" }),
    id: ({ name }) => String(name),
    made: { name: "b2 it", provider: { type: "B2", account: "B001", key: "planted-b2-key" } },
    kept: ["account", "key"],
    drift: { account: within("provider", { account: "B002" }) },
    changes: { account: "B003", key: "planted-b2-other" },
    refused: [[{ key: "" }, "key", "type B2 needs key; state it"]],
    otherwise: { account: "B004" },
  },
  {
    type: "CloudCredential",
    title: "CloudCredential of a machine",
    brief: true,
    namespace: "cloudsync.credentials",
    ground: (at) => [pair(at)],
    stated: (at) => ({
      name: `sftp ${at}`,
      type: "SFTP",
      host: "files.home.lan",
      port: 2222,
      user: "nas",
      privateKey: `pair of ${at}`,
    }),
    id: ({ name }) => String(name),
    made: {
      name: "sftp it",
      provider: { type: "SFTP", host: "files.home.lan", port: 2222, user: "nas", private_key: 1 },
    },
    kept: ["host", "user"],
    drift: {
      host: within("provider", { host: "other.home.lan" }),
      port: within("provider", { port: 22 }),
      user: within("provider", { user: "root" }),
      privateKey: within("provider", { private_key: null }),
    },
    changes: { host: "grogu.home.lan", port: 22, user: "root", pass: "planted-sftp-pass" },
    otherwise: { port: 23 },
  },
  {
    type: "CloudCredential",
    title: "CloudCredential of a WebDAV server",
    brief: true,
    namespace: "cloudsync.credentials",
    stated: (at) => ({
      name: `dav ${at}`,
      type: "WEBDAV",
      url: "https://dav.home.lan/remote",
      vendor: "NEXTCLOUD",
      user: "nas",
      pass: "planted-dav-pass",
    }),
    id: ({ name }) => String(name),
    made: { name: "dav it", provider: dav },
    kept: ["url", "vendor", "user", "pass"],
    drift: {
      url: within("provider", { url: "https://dav.home.lan/other" }),
      vendor: within("provider", { vendor: "OTHER" }),
    },
    changes: { vendor: "OWNCLOUD", pass: "planted-dav-other" },
    otherwise: { vendor: "OTHER" },
  },
  {
    type: "IscsiAuth",
    namespace: "iscsi.auth",
    stated: (at) => ({
      tag: 7,
      user: `worker ${at}`,
      secret: "planted-chap01",
      peeruser: "din",
      peersecret: "planted-chap02",
      discoveryAuth: "CHAP",
    }),
    id: ({ tag, user }) => `${tag}:${user}`,
    made: {
      tag: 7,
      user: "worker it",
      secret: "planted-chap01",
      peeruser: "din",
      peersecret: "planted-chap02",
      discovery_auth: "CHAP",
    },
    drift: { peeruser: { peeruser: "other" }, discoveryAuth: { discovery_auth: "NONE" } },
    changes: {
      secret: "planted-chap03",
      peeruser: "grogu",
      peersecret: "planted-chap04",
      discoveryAuth: "CHAP_MUTUAL",
    },
    refused: [
      [
        { secret: "short" },
        "secret",
        "secret has 5 characters; use 12 to 16, without # and without blanks at its ends",
      ],
      [{ secret: "planted-chap02" }, "peersecret", "peersecret is the secret as well; use another one"],
      [{ peeruser: "" }, "peeruser", "peersecret needs peeruser, whose it is; state it"],
      [{ peersecret: undefined }, "peersecret", "peeruser needs peersecret, by which it proves who it is; state it"],
      [{ tag: -1 }, "tag", "tag -1 is below the minimum of 0; raise it"],
    ],
    otherwise: { discoveryAuth: "NONE" },
    fixed: { ...foundBy("set of credentials", "tag", "user"), ...unread("secret", "peersecret") },
  },
  {
    type: "ApiKey",
    namespace: "api_key",
    stated: (at) => ({ name: `exporter ${at}`, username: "truenas_admin", expiresAt: "2099-03-31T00:00:00Z" }),
    id: ({ name }) => String(name),
    made: { name: "exporter it", username: "truenas_admin", expires_at: { $date: Date.UTC(2099, 2, 31) } },
    drift: { expiresAt: { expires_at: null } },
    changes: { expiresAt: "2099-04-30T02:00:00+02:00", rotation: "2" },
    refused: [
      [
        { expiresAt: "next year" },
        "expiresAt",
        'expiresAt "next year" is no time; use one such as 2027-03-31T00:00:00Z',
      ],
      [{ username: "two words" }, "username", 'username "two words" has blanks; write it without'],
    ],
    otherwise: { expiresAt: "2098-01-01T00:00:00Z" },
    fixed: {
      ...foundBy("key", "name"),
      username: "is fixed once made",
      rotation: "is an instruction to the provider",
    },
  },
];

/** A key pair for each object that names one; its public half does. */
function pair(at: string): readonly [method: string, ...params: unknown[]] {
  const attributes = {
    private_key: null,
    public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
  };

  return ["keychaincredential.create", { name: `pair of ${at}`, type: "SSH_KEY_PAIR", attributes }];
}
