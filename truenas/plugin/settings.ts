import { readFileSync } from "node:fs";
import type { SecretRoute } from "../midclt/secret-call.ts";
import type { Values } from "../model/property.ts";
import { providerConfig } from "../model/provider-config.ts";
import { UNKNOWN } from "../model/unknown.ts";
import { type Environment, endpointOf } from "./environment.ts";

/** The provider's inputs with defaults, and who the provider is. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly sudo: boolean;
  readonly secrets: SecretRoute;
  readonly hostKey?: string;
  readonly privateKey?: string;
  readonly secretName: string;
  readonly importParent?: string;
  readonly maintenance?: string;
  /** Name of the appliance in messages and in the journal. */
  readonly label: string;
  readonly providerUrn?: string;
  readonly providerName?: string;
}

/** Address and credentials of one connection. */
export interface Target {
  readonly label: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly sudo: boolean;
  readonly secrets: SecretRoute;
  readonly hostKey: string;
  readonly privateKey: string;
}

/** Provider inputs as typed values: scalars may arrive as text, since older engines send them so. */
export function typedConfig(values: Values): Values {
  const typed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const kind = Object.hasOwn(providerConfig, name)
      ? providerConfig[name as keyof typeof providerConfig].kind
      : "string";
    typed[name] = typeof value === "string" && value !== UNKNOWN ? fromText(kind, value) : value;
  }

  return typed;
}

function fromText(kind: string, text: string): unknown {
  if (kind === "integer" && /^\d+$/.test(text)) return Number(text);
  if (kind === "boolean" && (text === "true" || text === "false")) return text === "true";

  return text;
}

/** Settings from checked provider inputs. */
export function settingsOf(inputs: Values, provider: { urn?: string; name?: string }): Settings {
  const values = typedConfig(inputs);
  const optional = ["hostKey", "privateKey", "importParent", "maintenance"] as const;
  const given = Object.fromEntries(optional.filter((name) => values[name]).map((name) => [name, String(values[name])]));
  const host = String(values["host"] ?? "");

  return {
    host,
    port: Number(values["port"] ?? providerConfig.port.default),
    user: String(values["user"] ?? providerConfig.user.default),
    sudo: values["sudo"] === true,
    secrets: values["secrets"] === "argv" ? "argv" : "stdin",
    secretName: String(values["secretName"] ?? providerConfig.secretName.default),
    label: String(values["label"] ?? host),
    ...given,
    ...(provider.urn ? { providerUrn: provider.urn } : {}),
    ...(provider.name ? { providerName: provider.name } : {}),
  };
}

/** Where to connect to; throws with the remedy when something needed for it is missing. */
export function targetOf(settings: Settings, environment: Environment): Target {
  const { label, sudo, secrets } = settings;
  if (environment.endpointsFile) {
    const { privateKeyFile, ...endpoint } = endpointOf(environment.endpointsFile, settings.host);
    return { label, sudo, secrets, ...endpoint, privateKey: readFileSync(privateKeyFile, "utf8") };
  }
  refuseIncomplete(settings);

  return {
    label,
    sudo,
    secrets,
    host: settings.host,
    port: settings.port,
    user: settings.user,
    hostKey: settings.hostKey ?? "",
    privateKey: settings.privateKey ?? "",
  };
}

function refuseIncomplete(settings: Settings): void {
  const { label, host, port, secretName } = settings;
  const late = (["host", "hostKey", "privateKey"] as const).find((name) => settings[name] === UNKNOWN);
  if (late) throw new Error(`${label}: ${late} of the provider is not known yet; apply what it comes from first`);
  if (!settings.privateKey) {
    throw new Error(
      `${label}: no SSH private key is configured; set it with  pulumi config set --secret ${secretName}  and run again`,
    );
  }
  if (!settings.hostKey) {
    throw new Error(
      `${label}: no host key is configured, and an unknown one is never trusted; read it at the console of ${host} ` +
        `(or with ssh-keyscan -p ${port} ${host}, and compare) and state it as hostKey of the provider`,
    );
  }
}
