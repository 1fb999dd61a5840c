import { rename, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import type { SimulatedTrueNas } from "./simulated-truenas.ts";

/** Writes the file that `TRUENAS_ENDPOINTS` names: for every host of a provider, the appliance that stands in for it. */
export async function writeEndpoints(file: string, byHost: Readonly<Record<string, SimulatedTrueNas>>): Promise<void> {
  const entries = Object.entries(byHost).map(([host, { endpoint }]) => {
    const { host: address, port, user, hostKey, privateKeyFile } = endpoint;
    return [
      host,
      { host: address, port, user, hostKey, privateKeyFile: relative(dirname(resolve(file)), privateKeyFile) },
    ];
  });
  await writeFile(`${file}.new`, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
  await rename(`${file}.new`, file);
}
