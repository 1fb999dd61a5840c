import { formatPath } from "../problem.ts";
import { appliancesOf } from "../walk.ts";
import type { Check } from "./check.ts";

const SERVICES = { nfs: "nfs", cifs: "smb", iscsitarget: "iscsi" } as const;

/** A service says where it listens; one that does not say so listens everywhere. */
export const servicesSayWhere: Check = {
  rule: "services-say-where",
  find: ({ site, written }) =>
    appliancesOf(site).flatMap(({ spec, path: top }) =>
      Object.entries(SERVICES).flatMap(([service, protocol]) => {
        const path = [...top, "listens", protocol];
        if (!spec.services.some((runs) => runs === service) || written.declares(...path)) return [];
        if (written.isMangledMap(...top, "listens")) return [];

        const says = `is missing, but ${service} runs`;
        const remedy = "name the networks of those who need it";
        return [{ path, says, allowed: Object.keys(spec.addresses).join(", "), remedy }];
      }),
    ),
};

/** A machine has one way out: with two, answers leave by another way than questions come in. */
export const oneDefaultGateway: Check = {
  rule: "one-default-gateway",
  find: ({ site }) =>
    appliancesOf(site).flatMap(({ spec, path }) => {
      const ways = Object.keys(spec.addresses).filter((network) => site.networks[network]?.gateway !== undefined);
      const [first, again] = ways;
      if (first === undefined || again === undefined) return [];

      const other = formatPath(["networks", first, "gateway"]);
      const says = `lies in ${again}, whose gateway stands beside ${other}`;
      const remedy = "take out the gateway of the network that nobody leaves by, such as the storage network";
      return [{ path: [...path, "addresses", again], says, allowed: "one network with a gateway", remedy }];
    }),
};
