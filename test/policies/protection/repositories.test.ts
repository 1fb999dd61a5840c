import { cloudsAreReachedByHttps } from "../../../policies/protection/clouds-are-reached-by-https.ts";
import { repositoryHasItsOwnFolder } from "../../../policies/protection/repository-has-its-own-folder.ts";
import { repositoryHasItsOwnKey } from "../../../policies/protection/repository-has-its-own-key.ts";
import { type Judgeable, replication, truenas, UNKNOWN } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

type Props = Readonly<Record<string, unknown>>;

const credential = (name: string, props: Props = {}, on = "nas"): Judgeable => {
  const own = { name, type: "S3", accessKeyId: `id of ${name}`, endpoint: "https://s3.example" };
  return truenas("CloudCredential", name, { ...own, ...props }, on);
};
const backup = (description: string, props: Props = {}, on = "nas"): Judgeable => {
  const own = { description, credential: description, bucket: "copies", folder: `/${description}` };
  return truenas("CloudBackup", description, { ...own, ...props }, on);
};
const sync = (description: string, props: Props = {}): Judgeable => {
  const own = { description, credential: description, bucket: "copies", folder: description, direction: "PUSH" };
  return truenas("CloudSync", description, { ...own, ...props });
};

testRule(cloudsAreReachedByHttps, {
  violates: [
    [
      [credential("photos", { endpoint: "http://s3.example" })],
      'cloud credential "nas/photos" is reached by http://s3.example and must use https',
    ],
    [
      [truenas("CloudCredential", "dav", { name: "dav", type: "WEBDAV", url: "http://dav.example" })],
      'cloud credential "nas/dav" is reached by http://dav.example and must use https',
    ],
    [
      [truenas("CloudCredential", "old", { name: "old", type: "FTP", host: "ftp.example" })],
      'cloud credential "nas/old" is reached by FTP, which shows its password, and must use https',
    ],
  ],
  complies: [[credential("photos"), credential("aws", { endpoint: "" })]],
  ignores: [[backup("photos")]],
  undecided: [[credential("photos", { endpoint: UNKNOWN })], "nas/photos"],
});

testRule(repositoryHasItsOwnFolder, {
  violates: [
    [
      [backup("photos"), backup("again", { folder: "photos/" })],
      'cloud backup "nas/again" writes to copies/photos, where nas/photos writes, and must have a folder of its own',
    ],
    [
      [backup("photos"), backup("whole", { folder: "" })],
      'cloud backup "nas/whole" writes to copies/, where nas/photos writes, and must have a folder of its own',
    ],
    [
      [backup("photos"), sync("below", { folder: "photos/below" })],
      'cloud sync "nas/below" writes to copies/photos/below, where nas/photos writes, and must have a folder of its own',
    ],
    [
      [
        ...[backup("photos"), credential("photos")],
        ...[backup("photos", {}, "vault"), credential("photos", { accessKeyId: "other" }, "vault")],
      ],
      'cloud backup "vault/photos" writes to copies/photos, where nas/photos writes, and must have a folder of its own',
    ],
  ],
  complies: [
    [backup("photos"), backup("films"), backup("photos-2")],
    [backup("photos"), backup("other", { folder: "photos", bucket: "others" })],
    [
      ...[backup("photos"), credential("photos")],
      ...[backup("away", { folder: "photos" }), credential("away", { endpoint: "https://elsewhere.example" })],
    ],
    [backup("photos"), backup("former", { folder: "photos", enabled: false })],
    [backup("photos"), sync("fetched", { folder: "photos", direction: "PULL" })],
  ],
  ignores: [[replication("tank/a", "backup/a")]],
  undecided: [[backup("photos"), backup("again", { folder: UNKNOWN })], "nas/again"],
});

testRule(repositoryHasItsOwnKey, {
  violates: [
    [
      [backup("photos"), backup("films", { credential: "photos" })],
      'cloud backup "nas/films" is written with the key of nas/photos and must have one of its own',
    ],
    [
      [
        ...[backup("photos"), credential("photos", { accessKeyId: "one" })],
        ...[sync("films"), credential("films", { accessKeyId: "one" })],
      ],
      'cloud sync "nas/films" is written with the key of nas/photos and must have one of its own',
    ],
    [
      [
        ...[backup("photos"), credential("photos", { accessKeyId: "one" })],
        ...[backup("photos", {}, "vault"), credential("photos", { accessKeyId: "one" }, "vault")],
      ],
      'cloud backup "vault/photos" is written with the key of nas/photos and must have one of its own',
    ],
  ],
  complies: [
    [backup("photos"), credential("photos"), backup("films"), credential("films")],
    [backup("photos"), credential("photos", { accessKeyId: UNKNOWN })],
    [backup("photos"), backup("films", { credential: "photos", enabled: false })],
  ],
  ignores: [[credential("photos"), credential("photos", {}, "vault")]],
  undecided: [[backup("photos"), backup("films", { credential: UNKNOWN })], "nas/films"],
});
