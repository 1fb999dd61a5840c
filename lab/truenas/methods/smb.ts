import { userNamed } from "../accounts.ts";
import type { ValidationErrors } from "../middleware/errors.ts";
import { absent, bool, defaulted, literal, nullable, refined, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { list, type ObjectOf } from "../middleware/models.ts";
import { isAddress } from "../networks.ts";
import { serverSid } from "../sids.ts";
import { configurationMethods, settingsOf } from "./configuration.ts";

const netbios = refined(str(), (name) =>
  /^(?!\d*$)[\w.!@#$%^&()'{}~-]{1,15}$/.test(name)
    ? undefined
    : 'Value error, Invalid NetBIOS name. NetBIOS names must be between 1 and 15 characters in length and may not contain the following characters: \\/:*?"<>|.',
);
const address = refined(str(), (text) =>
  isAddress(text.split("/")[0] ?? "") ? undefined : "value is not a valid IPv4 or IPv6 interface",
);

const shape = {
  netbiosname: netbios,
  netbiosalias: list(netbios),
  workgroup: netbios,
  description: str(),
  enable_smb1: bool,
  unixcharset: str(),
  localmaster: bool,
  syslog: bool,
  aapl_extensions: bool,
  admin_group: nullable(str()),
  guest: str({ min: 1 }),
  filemask: str(),
  dirmask: str(),
  ntlmv1_auth: bool,
  multichannel: bool,
  encryption: literal("DEFAULT", "NEGOTIATE", "DESIRED", "REQUIRED"),
  bindip: defaulted(list(address), []),
  smb_options: str(),
  debug: bool,
  server_sid: absent(nullable(str())),
};

type Settings = ObjectOf<typeof shape>;

const smb = {
  namespace: "smb",
  initial: (): Settings => ({
    netbiosname: "truenas",
    netbiosalias: [],
    workgroup: "WORKGROUP",
    description: "TrueNAS Server",
    enable_smb1: false,
    unixcharset: "UTF-8",
    localmaster: false,
    syslog: false,
    aapl_extensions: false,
    admin_group: null,
    guest: "nobody",
    filemask: "DEFAULT",
    dirmask: "DEFAULT",
    ntlmv1_auth: false,
    multichannel: false,
    encryption: "DEFAULT",
    bindip: [],
    smb_options: "",
    debug: false,
    server_sid: undefined,
  }),
};

/** Whether the SMB server speaks Apple's extensions, which Time Machine shares ask for. */
export function speaksApple(context: Context): boolean {
  return settingsOf<typeof shape>(smb, context).aapl_extensions;
}

function checkNames(errors: ValidationErrors, { netbiosname, netbiosalias, workgroup }: Settings): void {
  const same = (name: string) => name.toLowerCase() === workgroup.toLowerCase();
  if (same(netbiosname))
    errors.add("smb_update.netbiosname", `NetBIOS name [${netbiosname}] conflicts with workgroup name.`);
  for (const [index, alias] of netbiosalias.entries()) {
    if (same(alias))
      errors.add(`smb_update.netbiosalias.${index}`, `NetBIOS alias [${alias}] conflicts with workgroup name.`);
  }
}

function checkAccess({ state, addresses }: Context, errors: ValidationErrors, settings: Settings): void {
  if (settings.enable_smb1 && settings.encryption === "REQUIRED")
    errors.add("smb_update.encryption", "Encryption may not be set to REQUIRED while SMB1 support is enabled.");
  if (settings.guest === "root") errors.add("smb_update.guest", '"root" is not a permitted guest account');
  if (userNamed(state, settings.guest) === undefined)
    errors.add("smb_update.guest", `${settings.guest}: user does not exist`);
  for (const [index, ip] of settings.bindip.entries()) {
    if (!addresses.includes(ip))
      errors.add(`smb_update.bindip.${index}`, `IP address [${ip}] is not a configured address for this server`);
  }
  for (const name of ["filemask", "dirmask"] as const) {
    if (settings[name] !== "DEFAULT" && !/^[01]?[0-7]{1,4}$/.test(settings[name]))
      errors.add(`smb_update.${name}`, "Not a valid mask");
  }
}

function checkShares({ state }: Context, errors: ValidationErrors, settings: Settings): void {
  const shares = state.smbShares.values();
  const forMacs = shares.some(
    ({ purpose, options }) =>
      purpose === "TIMEMACHINE_SHARE" || options["timemachine"] === true || options["afp"] === true,
  );
  if (!settings.aapl_extensions && forMacs)
    errors.add(
      "smb_update.aapl_extensions",
      "This option must be enabled when AFP, time machine, or Final Cut Pro shares are present",
    );
  const audited = shares.filter(({ audit }) => audit.enable).map(({ name }) => name);
  if (settings.enable_smb1 && audited.length > 0)
    errors.add("smb_update.enable_smb1", `The following SMB shares have auditing enabled: ${audited.join(", ")}`);
}

/** `smb.*`: settings of the SMB service. */
export const smbMethods: Methods = {
  "smb.bindip_choices": method({}, ({ addresses }) => Object.fromEntries(addresses.map((ip) => [ip, ip]))),
  ...configurationMethods({
    ...smb,
    argument: "smb_update",
    shape,
    checked: (context, errors, wanted) => {
      const settings = { ...wanted, bindip: wanted.bindip.map((ip) => ip.split("/")[0] ?? ip), server_sid: undefined };
      checkNames(errors, settings);
      checkAccess(context, errors, settings);
      checkShares(context, errors, settings);
      return settings;
    },
    entry: ({ state }, settings) => ({ ...settings, server_sid: serverSid(state) }),
  }),
};
