import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";

const endpoint = z.strictObject({
  host: z.string(),
  port: z.int().min(1).max(65535),
  user: z.string(),
  hostKey: z.string(),
  privateKeyFile: z.string(),
});

/** Where an appliance is really reached, in place of the provider's own address. */
export type Endpoint = z.infer<typeof endpoint>;

/** What the plugin takes from its environment; nothing else of the plugin reads it. */
export interface Environment {
  /** Path of the endpoints file; when set, only hosts that it lists are ever reached. */
  readonly endpointsFile?: string;
  /** File that every middleware call is appended to. */
  readonly journalFile?: string;
  /** Seconds that one call may take. */
  readonly callTimeout: number;
  /** Whether a comparison may ask the appliance what a change would do to things that it has made. */
  readonly connectedPreview?: true;
}

const DEFAULT_CALL_TIMEOUT = 60;

/**
 * Reads `TRUENAS_ENDPOINTS`, `TRUENAS_JOURNAL`, `TRUENAS_CALL_TIMEOUT` and `TRUENAS_PREVIEW`; throws on a timeout that is
 * no number, and on a preview that is not `connected`.
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const seconds = env["TRUENAS_CALL_TIMEOUT"];
  const callTimeout = seconds === undefined || seconds === "" ? DEFAULT_CALL_TIMEOUT : Number(seconds);
  if (!(callTimeout > 0)) throw new Error(`TRUENAS_CALL_TIMEOUT is "${seconds}"; use a number of seconds above 0`);
  const preview = env["TRUENAS_PREVIEW"] ?? "";
  if (preview !== "" && preview !== "connected")
    throw new Error(`TRUENAS_PREVIEW is "${preview}"; use "connected", or unset it for a preview that asks nobody`);

  return {
    callTimeout,
    ...(preview === "connected" ? { connectedPreview: true } : {}),
    ...(env["TRUENAS_ENDPOINTS"] ? { endpointsFile: env["TRUENAS_ENDPOINTS"] } : {}),
    ...(env["TRUENAS_JOURNAL"] ? { journalFile: env["TRUENAS_JOURNAL"] } : {}),
  };
}

/** The endpoint of a host with the path of its key made absolute; throws when the file is unfit or does not list it. */
export function endpointOf(file: string, host: string): Endpoint {
  const endpoints = readEndpoints(file);
  const found = endpoints[host];
  if (!found) {
    const known = Object.keys(endpoints).join(", ") || "no host";
    throw new Error(
      `host ${host} is not listed in TRUENAS_ENDPOINTS (${file} lists ${known}); add it there or unset TRUENAS_ENDPOINTS`,
    );
  }

  return { ...found, privateKeyFile: resolve(dirname(file), found.privateKeyFile) };
}

function readEndpoints(file: string): Readonly<Record<string, Endpoint>> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`TRUENAS_ENDPOINTS names ${file}, which cannot be read as JSON: ${String(cause)}`, { cause });
  }
  const parsed = z.record(z.string(), endpoint).safeParse(content);
  if (!parsed.success) {
    throw new Error(
      `TRUENAS_ENDPOINTS names ${file}, which has another form than { host: { host, port, user, hostKey, privateKeyFile } }: ${z.prettifyError(parsed.error)}`,
    );
  }

  return parsed.data;
}
