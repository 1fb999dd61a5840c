import { z } from "zod";
import { address } from "./addresses.ts";
import { account, matching, plainName } from "./names.ts";
import { shareName } from "./share-names.ts";
import { choice, flag, reference, text, words } from "./value.ts";

const networkNames = z
  .array(reference("a network"))
  .meta({ description: "Networks whose hosts may connect, by name." });
const consumers = z
  .array(words(60))
  .exactOptional()
  .meta({ description: "Who uses it; becomes the share's comment, the dataset's purpose when left out." });
const readOnly = flag().default(false).meta({ description: "Whether clients may only read." });

const identity = z.strictObject({
  user: account().meta({ description: "The account that clients become." }),
  group: account().meta({ description: "The group that clients become." }),
});

const nfs = z.strictObject({
  networks: networkNames.default([]),
  hosts: z.array(address()).default([]).meta({ description: "Further single clients, by address." }),
  as: identity.exactOptional().meta({ description: "Whom every client becomes (mapall)." }),
  rootAs: identity.exactOptional().meta({ description: "Whom a client's root becomes (maproot); instead of `as`." }),
  readOnly,
  security: z
    .array(choice(["SYS", "KRB5", "KRB5I", "KRB5P"]))
    .default([])
    .meta({ description: "Flavours; SYS when empty." }),
  consumers,
});

const smb = z.strictObject({
  name: text(shareName).meta({ description: "The name under which people find the share." }),
  networks: networkNames,
  purpose: choice([
    "DEFAULT_SHARE",
    "MULTIPROTOCOL_SHARE",
    "TIMEMACHINE_SHARE",
    "TIME_LOCKED_SHARE",
    "PRIVATE_DATASETS_SHARE",
  ])
    .default("DEFAULT_SHARE")
    .meta({ description: "The appliance's preset, as it spells it." }),
  group: account().default("builtin_users").meta({ description: "The group whose members come through the share." }),
  readOnly,
  browsable: flag().default(true).meta({ description: "Whether the share is listed." }),
  consumers,
});

const csi = z.strictObject({
  protocol: choice(["nfs", "iscsi"]).meta({ description: "How the volumes reach their pods." }),
  storageClass: text(plainName).meta({ description: "The StorageClass whose volumes the driver makes below." }),
});

const s3 = z.strictObject({
  bucket: words(63).meta({ description: "The bucket that lies on the dataset." }),
  consumers,
});
const api = z.strictObject({ service: words(120).meta({ description: "The service through which data is reached." }) });

/** Ways to a dataset; one that is left out does not exist. */
export const access = z.strictObject({
  nfs: nfs.exactOptional().meta({ description: "Files for compute." }),
  smb: smb.exactOptional().meta({ description: "Files for people." }),
  csi: csi.exactOptional().meta({ description: "Volumes that a cluster's driver makes and exports by itself." }),
  s3: s3.exactOptional().meta({ description: "Objects for backups." }),
  api: api.exactOptional().meta({ description: "Through a service only." }),
});

const target = text(
  matching({
    rule: "target-name",
    noun: "a target's name",
    allowed: "1 to 63 of a-z, 0-9, - and ., the last part of an IQN",
    remedy: "choose a short lower-case name",
    pattern: "^[a-z0-9][a-z0-9.-]{0,62}$",
  }),
);

const initiatorName = matching({
  rule: "initiator-name",
  noun: "the name of an iSCSI client",
  allowed: "iqn., a year and month, and a reversed domain, such as iqn.2004-10.example.lan:client",
  remedy: "read it on the client: cat /etc/iscsi/initiatorname.iscsi",
  pattern: "^iqn\\.\\d{4}-\\d{2}\\.[a-z0-9.-]+(:[^\\s,]+)?$",
});

/** Ways to a zvol. */
export const blockAccess = z.strictObject({
  iscsi: z
    .strictObject({
      target: target.meta({ description: "The last part of the target's IQN." }),
      networks: networkNames,
      initiators: z
        .array(text(initiatorName))
        .default([])
        .meta({ description: "Names (IQNs) of the clients that may connect; all in the networks when left out." }),
      consumers,
    })
    .exactOptional()
    .meta({ description: "Blocks for one client." }),
});
