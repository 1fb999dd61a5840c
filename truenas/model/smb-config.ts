import { configObject } from "./config-object.ts";
import type { Properties, Values } from "./property.ts";
import { defineType, type Problem } from "./resource-type.ts";

const flag = (doc: string) => ({ kind: "boolean", doc }) as const;
const mask = (doc: string) =>
  ({ kind: "string", doc: `${doc} in octal, or DEFAULT.`, rule: "permissionMask" }) as const;

const properties = {
  netbiosname: { kind: "string", doc: "NetBIOS name of the appliance.", rule: "netbiosName" },
  netbiosalias: {
    kind: "list",
    doc: "Further NetBIOS names.",
    items: { kind: "string", doc: "A NetBIOS name.", rule: "netbiosName" },
    compare: "set",
    unique: true,
  },
  workgroup: { kind: "string", doc: "Workgroup.", rule: "netbiosName" },
  description: { kind: "string", doc: "What clients see as the server's description.", maxLength: 120 },
  enableSmb1: flag("Speaks SMB 1, which is insecure."),
  unixcharset: {
    kind: "enum",
    doc: "Character set of file names.",
    values: ["UTF-8", "GB2312", "HZ-GB-2312", "CP1361", "BIG5", "BIG5HKSCS", "CP037", "CP273", "CP424"].concat([
      "CP437",
      "CP500",
      "CP775",
      "CP850",
      "CP852",
      "CP855",
      "CP857",
      "ASCII",
      "ISO-8859-1",
      "UTF-16",
      "UTF-32",
    ]),
  },
  localmaster: flag("Takes part in electing the local master browser."),
  syslog: flag("Sends its log to syslog."),
  aaplExtensions: flag("Speaks Apple's extensions; Time Machine shares need them."),
  adminGroup: { kind: "string", doc: "Group of SMB administrators; empty is none.", nullIs: "" },
  guest: { kind: "string", doc: "Account that guests become." },
  filemask: mask("Permissions of new files"),
  dirmask: mask("Permissions of new directories"),
  ntlmv1Auth: flag("Takes NTLMv1, which is insecure."),
  multichannel: flag("SMB 3 multichannel."),
  encryption: {
    kind: "enum",
    doc: "Encryption of what is transported.",
    values: ["DEFAULT", "NEGOTIATE", "DESIRED", "REQUIRED"],
  },
  bindip: {
    kind: "list",
    doc: "Addresses of the appliance that it listens on; empty is all of them.",
    items: { kind: "string", doc: "An address of the appliance.", rule: "address" },
    compare: "set",
    unique: true,
  },
  smbOptions: { kind: "string", doc: "Further Samba parameters." },
  debug: flag("Logs everything."),
} as const satisfies Properties;

/** Settings of the SMB service. */
export const smbConfig = defineType({
  name: "SmbConfig",
  doc: "Settings of the SMB service. What is not stated, and what is taken out of the program, stays as it is.",
  properties,
  ...configObject("smb", properties),
  check,
});

function check(inputs: Values): readonly Problem[] {
  const { netbiosname, netbiosalias, workgroup } = inputs;
  const names: readonly (readonly [string, unknown])[] = [
    ["netbiosname", netbiosname],
    ...(Array.isArray(netbiosalias) ? netbiosalias : []).map((name, at) => [`netbiosalias[${at}]`, name] as const),
  ];
  const group = typeof workgroup === "string" ? workgroup.toLowerCase() : undefined;
  const clashes = names.filter(([, name]) => typeof name === "string" && name.toLowerCase() === group);
  const insecure = inputs["enableSmb1"] === true && inputs["encryption"] === "REQUIRED";

  return [
    ...clashes.map(([property, name]) => ({
      property,
      reason: `"${name}" is the name of the workgroup as well; use another one for either`,
    })),
    ...(inputs["guest"] === "root"
      ? [{ property: "guest", reason: "root would make every guest an administrator; use nobody" }]
      : []),
    ...(insecure
      ? [{ property: "encryption", reason: "SMB 1 cannot encrypt; leave enableSmb1 off, or do not require encryption" }]
      : []),
  ];
}
