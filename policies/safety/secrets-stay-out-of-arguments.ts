import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { APPLIANCE } from "../tokens.ts";

/** Whoever may look at an appliance's processes would read passwords of backups and mail while they are set. */
export const secretsStayOutOfArguments: Rule = {
  name: "secrets-stay-out-of-arguments",
  description: "Appliances must not be sent secrets in the arguments of a command.",
  source: "D0 Security, ADR-0032",
  remedy: "set `ssh.secrets` to stdin and let the account run python3 through sudo, or waive it for a time",
  severity: "high",
  weight: "always",
  judges: [APPLIANCE],
  judge({ props }) {
    return textAt(props, "secrets") === "argv"
      ? ["must not be sent secrets in arguments, which its process list shows"]
      : [];
  },
};
