import { matching } from "./names.ts";
import { text } from "./value.ts";

/** An address that mail is sent to or from. */
export const mailAddress = () =>
  text(
    matching({
      rule: "mail-address",
      noun: "a mail address",
      allowed: "name@domain, without a display name",
      remedy: "write the address alone, such as owner@homelab.example",
      pattern:
        "^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$",
    }),
  );
