import ipaddr from "ipaddr.js";
import type { RuleName } from "./property.ts";

/** Says what is wrong with a text, or undefined when it is fine. */
type Rule = (text: string) => string | undefined;

const INTERNAL = [".system", "ix-applications", "ix-apps", ".ix-virt"];
const CRON_ITEM = /^(\*|[0-9a-z]+(-[0-9a-z]+)?)$/i;
const CRON_STEP = /^(\*|[0-9a-z]+-[0-9a-z]+)\/[1-9]\d*$/i;
const SCHEMA_PARTS = ["%Y", "%m", "%d", "%H", "%M"];
const SMALLEST_RECORD = 512;
const LARGEST_RECORD = 16 * 1024 ** 2;
const LARGEST_VOLUME_BLOCK = 128 * 1024;
const UNITS: Readonly<Record<string, number>> = { "": 1, B: 1, K: 1024, M: 1024 ** 2 };

/** The rules that the property tables name. */
export const textRules: Readonly<Record<RuleName, Rule>> = {
  datasetName,
  poolName: (text) =>
    /^[A-Za-z][A-Za-z0-9_.:-]*$/.test(text) && !/^(mirror|raidz|draid|spare|log|c\d)/.test(text)
      ? undefined
      : `"${text}" is no pool name; begin with a letter, use letters, digits and _ . : -, and none of ZFS's own words such as mirror or raidz`,
  userPropertyKey: (text) =>
    /^[a-z0-9._-]*:[a-z0-9:+._-]*$/.test(text) && text.length > 1
      ? undefined
      : `"${text}" is no user property name; use namespace:name in lower-case letters, digits and : + . _ -`,
  namingSchema,
  cronField: (text) =>
    text.split(",").every((item) => CRON_ITEM.test(item) || CRON_STEP.test(item))
      ? undefined
      : `"${text}" is no cron field; use *, a number, a range, a list, or a step after * or a range such as */5`,
  clockTime: (text) =>
    /^([01]?\d|2[0-3]):[0-5]\d$/.test(text) ? undefined : `"${text}" is no time of day; use HH:MM from 00:00 to 23:59`,
  network,
  nfsHost: (text) =>
    text.length > 0 && !/[\s"']/.test(text)
      ? undefined
      : `"${text}" is no host; use a name or an address without spaces and quotes`,
  smbShareName,
  mountPath: (text) =>
    text === "EXTERNAL" || /^\/mnt\/[^/]+(\/[^/]+)*\/?$/.test(text)
      ? undefined
      : `"${text}" is not a path below /mnt; use /mnt/pool/path`,
  permissionMode: (text) =>
    /^[0-7]{3}$/.test(text) ? undefined : `"${text}" is no mode; use three octal digits such as "770"`,
  recordSize: (text) => blockSize(text, LARGEST_RECORD, "512 to 16M"),
  volumeBlockSize: (text) => blockSize(text, LARGEST_VOLUME_BLOCK, "512 to 128K"),
  notInheritText: (text) =>
    text === "INHERIT" ? 'is "INHERIT", which TrueNAS would store as text; leave it out to have none' : undefined,
  notBlank: (text) => (text.trim() === "" ? "is blank; it is how the object is found, so give it a text" : undefined),
  notEmpty: (text) => (text === "" ? "is empty; give it a text" : undefined),
  noBlanks: (text) => (/\s/.test(text) ? `"${text}" has blanks; write it without` : undefined),
  accountName: (text) =>
    /^[A-Za-z_][\w.-]*$/.test(text)
      ? undefined
      : `"${text}" is no account name; begin with a letter or _, and use letters, digits and _ . -`,
  iscsiName: (text) =>
    /^[-a-z0-9.:]+$/.test(text)
      ? undefined
      : `"${text}" is no iSCSI name; use lower-case letters, digits and . : -, at most 120 of them`,
  zvolDisk: (text) =>
    /^zvol\/[^/ ]+(\/[^/ ]+)+$/.test(text)
      ? undefined
      : `"${text}" is no volume; use zvol/pool/path with + for a blank`,
  fullName: (text) =>
    text === "" || text.includes(":") ? `"${text}" is no full name; write one without a colon` : undefined,
  address: (text) => (isAddress(text) ? undefined : `"${text}" is no IP address; use one such as 10.10.10.20`),
  destination: (text) =>
    text.endsWith("/0")
      ? `"${text}" is the way to everywhere; state it as the default gateway in NetworkConfig`
      : network(text),
  addressOrNone: (text) =>
    text === "" || isAddress(text)
      ? undefined
      : `"${text}" is no IP address; use one such as 10.10.20.1, or "" for none`,
  hostName: (text) =>
    /^[a-z0-9.-]*[a-z0-9]$/i.test(text)
      ? undefined
      : `"${text}" is no host name; use letters, digits, dots and dashes, and end with a letter or digit`,
  domainName: (text) =>
    /^[a-z0-9.-]*$/i.test(text) ? undefined : `"${text}" is no domain; use letters, digits, dots and dashes`,
  netbiosName: (text) =>
    /^(?!\d*$)[\w.!@#$%^&()'{}~-]{1,15}$/.test(text)
      ? undefined
      : `"${text}" is no NetBIOS name; use 1 to 15 letters, digits and dashes, and not digits alone`,
  permissionMask: (text) =>
    text === "DEFAULT" || /^[0-7]{3,4}$/.test(text)
      ? undefined
      : `"${text}" is no mask; use octal digits such as "664", or DEFAULT`,
  webAddress: (text) =>
    isWebAddress(text) ? undefined : `"${text}" is no web address; use one such as https://example.org/path`,
  webAddressOrNone: (text) =>
    text === "" || isWebAddress(text)
      ? undefined
      : `"${text}" is no web address; use one such as https://s3.eu-central-003.backblazeb2.com`,
  // These three are told of secrets, so they do not repeat them.
  webhook: (text) => (isWebAddress(text) ? undefined : "is no web address; use the whole one, from https:// on"),
  chapSecret: (text) =>
    text.length >= 12 && text.length <= 16 && text === text.trim() && !text.includes("#")
      ? undefined
      : `has ${text.length} characters; use 12 to 16, without # and without blanks at its ends`,
  ascii: (text) =>
    [...text].every((letter) => letter < "\u0080")
      ? undefined
      : "has letters beyond plain ASCII, which mail servers do not take; use another one",
  mailAddress: (text) =>
    text.length <= 254 && text.includes("@") ? undefined : `"${text}" is no mail address; use one such as nas@home.lan`,
  instant: (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
      ? undefined
      : `"${text}" is no time; use one such as 2027-03-31T00:00:00Z`,
  bucketName: (text) =>
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/i.test(text)
      ? undefined
      : `"${text}" is no bucket name; use 3 to 63 letters, digits, dots and dashes, with a letter or digit at either end`,
  bucketFolder: folderReason,
  directoryPath: (text) =>
    /^\/mnt\/[^/*?[\]]+(\/[^/*?[\]]+)*\/?$/.test(text) && !text.includes("/.zfs")
      ? undefined
      : `"${text}" is no directory below /mnt; use /mnt/pool/path, without patterns`,
  backupPath: (text) =>
    /^\/(mnt|dev\/zvol)\/[^/*?[\]]+(\/[^/*?[\]]+)*\/?$/.test(text) && !text.includes("/.zfs")
      ? undefined
      : `"${text}" is neither a directory below /mnt nor a volume; use /mnt/pool/path or /dev/zvol/pool/path, without patterns`,
  hostKey: (text) =>
    /^(ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/]+=*( .*)?$/.test(text)
      ? undefined
      : `"${text}" is no SSH host key; use "type base64" as ssh-keyscan prints it, without the host name`,
};

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\//.test(text);
}

function folderReason(text: string): string | undefined {
  const parts = text.replace(/^\/|\/$/g, "").split("/");
  const odd = parts.some((part) => part === "" || part === "." || part === ".." || /[*?[\]]/.test(part));

  return text !== "" && odd
    ? `"${text}" is no folder; use names with a slash between them, such as "photos/raw"`
    : undefined;
}

function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

function datasetName(text: string): string | undefined {
  const [pool, ...parts] = text.split("/");
  if (parts.length === 0) return `"${text}" is a pool's root dataset; name a dataset below it, e.g. "${text}/data"`;
  if (pool === "boot-pool") return `"${text}" lies on the boot pool, which holds no data; use another pool`;
  const internal = parts.find((part) => INTERNAL.includes(part));
  if (internal !== undefined) return `"${text}" is TrueNAS's own ("${internal}"); use another name`;
  if (text.length > 200) return `"${text}" has ${text.length} characters and 200 are allowed; shorten it`;
  const bad = [pool ?? "", ...parts].find((part) => !/^[A-Za-z0-9][A-Za-z0-9_.: -]*$/.test(part) || part.endsWith(" "));
  if (bad === undefined) return undefined;

  return `"${bad}" is no dataset name; begin with a letter or digit, use letters, digits and _ . : - and inner spaces`;
}

function namingSchema(text: string): string | undefined {
  if (!/^[0-9A-Za-z %_.:-]+$/.test(text))
    return `"${text}" has characters other than letters, digits, space and % _ . : -; remove them`;
  if (text.includes("%%")) return `"${text}" contains %%, which is not allowed; remove it`;
  if (text.includes("%z") && text.includes("--"))
    return `"${text}" has %z and --, which cannot be told apart; use one of them`;
  if (text.includes("%s")) {
    const others = [...text.matchAll(/%[A-Za-z]/g)].map(([part]) => part).filter((part) => part !== "%s");
    return others.length === 0
      ? undefined
      : `"${text}" has ${others.join(", ")} beside %s; use %s alone or leave it out`;
  }
  const missing = SCHEMA_PARTS.filter((part) => !text.includes(part));

  return missing.length === 0
    ? undefined
    : `"${text}" lacks ${missing.join(", ")}; a snapshot name must tell its minute`;
}

function network(text: string): string | undefined {
  if (text.endsWith("/0")) return `"${text}" is everybody; leave networks empty to say so`;
  if (ipaddr.isValidCIDR(text) || ipaddr.isValid(text)) return undefined;

  return `"${text}" is no network; use CIDR notation such as 10.10.10.0/24`;
}

function smbShareName(text: string): string | undefined {
  if (["global", "printers", "homes", "admin$", "ipc$"].includes(text.toLowerCase()))
    return `"${text}" is Samba's own; use another name`;
  if (/[%<>*?|/\\+=;:",[\]]/.test(text) || [...text].some((letter) => letter < " ")) {
    return `"${text}" has a character that SMB forbids; avoid % < > * ? | / \\ + = ; : " , [ ] and control characters`;
  }

  return text.trim() === "" ? "is blank; give the share a name" : undefined;
}

function blockSize(text: string, largest: number, range: string): string | undefined {
  const match = /^(\d+)([BKM]?)$/.exec(text);
  const bytes = match ? Number(match[1]) * (UNITS[match[2] ?? ""] ?? 1) : Number.NaN;
  const power = Number.isInteger(Math.log2(bytes));
  if (power && bytes >= SMALLEST_RECORD && bytes <= largest) return undefined;

  return `"${text}" is no block size; use a power of two from ${range}, e.g. "128K"`;
}
