import { dataBehind, isOf } from "../classification/data.ts";
import { flagAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { SMB_SHARE } from "../tokens.ts";

/** A guest is whoever is in the Wi-Fi. */
export const privateDataAdmitsNoGuests: Rule = {
  name: "private-data-admits-no-guests",
  description: "An SMB share must not admit guests, unless its data is disposable.",
  source: "D1 §7",
  remedy: "turn guest access off and give people accounts",
  severity: "high",
  weight: "always",
  judges: [SMB_SHARE],
  judge(share, stack) {
    const open = flagAt(share.props, "options", "guestok") || flagAt(share.props, "guestok");
    if (!open || isOf(dataBehind(share, stack), "disposable")) return [];
    return ["admits guests to private data and must not"];
  },
};
