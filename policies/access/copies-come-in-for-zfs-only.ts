import type { Judged } from "../judged.ts";
import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { SSH_CONNECTION, USER } from "../tokens.ts";
import { loginOf, receivesCopies } from "./receiving.ts";

const ZFS = "/usr/sbin/zfs";
/** Accounts that may do everything. */
const ADMINISTRATORS = ["root", "truenas_admin", "admin"];
const ADMINISTRATORS_GROUP = "builtin_administrators";

const JUDGED: Readonly<Record<string, (resource: Judged, stack: Stack) => readonly string[]>> = {
  [USER]: (account, stack) => (receivesCopies(account, stack) ? rightsOf(account) : []),
  [SSH_CONNECTION]: (connection) =>
    ADMINISTRATORS.includes(loginOf(connection))
      ? [`logs in as ${loginOf(connection)}, who may do everything, and must log in as an account for copies`]
      : [],
};

/** Who takes the sender must not get the copies too. */
export const copiesComeInForZfsOnly: Rule = {
  name: "copies-come-in-for-zfs-only",
  description: "An account that takes copies must be allowed to run zfs as root, and nothing else.",
  source: "D4 Tier 2, ADR-0039",
  remedy: `make an account of its own, with \`sudoCommandsNopasswd: ["${ZFS}"]\` and no other right`,
  severity: "high",
  weight: "always",
  judges: Object.keys(JUDGED),
  judge: (resource, stack) => JUDGED[resource.type]?.(resource, stack) ?? [],
};

function rightsOf({ props }: Judged): readonly string[] {
  const commands = [...textsAt(props, "sudoCommandsNopasswd"), ...textsAt(props, "sudoCommands")];
  const others = commands.filter((command) => command !== ZFS);
  return [
    ...others.map((command) => `takes copies, may run ${command} as root, and must run ${ZFS} only`),
    ...(textsAt(props, "groups").includes(ADMINISTRATORS_GROUP)
      ? [`takes copies, belongs to ${ADMINISTRATORS_GROUP}, and must not`]
      : []),
  ];
}
