import type { Facts } from "../facts.ts";
import { commands, list, page, steps, table } from "../markdown.ts";

/** Pulumi's state lives somewhere before there is a NAS, and not only on the NAS afterwards. */
export function stateBackend({ stack }: Facts): string {
  return page(
    "# Where the state lives",
    "Pulumi keeps what it made, and the secrets of this site, in its state. It is needed on the day when the NAS is gone, so it must not lie on the NAS alone; and on the first day there is no NAS yet.",
    "## Who needs what",
    table(
      ["who", "what"],
      [
        ["the owner", "a computer that is not one of the machines of this site"],
        ["the owner", "a passphrase of at least six words, on the [recovery sheet](recovery-sheet.html); minutes"],
      ],
    ),
    "## Before there is a NAS",
    steps(
      `Keep it in a folder of your own computer, encrypted by the passphrase:\n\n${commands(
        'mkdir -p "$HOME/homelab-state"',
        'npm run pulumi -- login "file://$HOME/homelab-state"',
        `npm run pulumi -- stack init ${stack} --secrets-provider passphrase`,
      )}`,
      "Write the passphrase on the recovery sheet before anything is made: without it every secret in the state is lost.",
    ),
    "## Once there is a NAS",
    steps(
      `Let copies go two ways, neither of which depends on the other: the NAS, and a cloud or a stick that leaves the house.\n\n${commands(
        `npm run pulumi -- stack export --stack ${stack} --file ${stack}-state.json`,
      )}`,
      "The export holds secrets only as the passphrase left them, so it may lie with the offsite copies. Do it after every `up`.",
    ),
    "## The state is lost, the machines are there",
    steps(
      `Start an empty state, and bring back the last export:\n\n${commands(
        'npm run pulumi -- login "file://$HOME/homelab-state"',
        `npm run pulumi -- stack init ${stack} --secrets-provider passphrase`,
        `npm run pulumi -- stack import --stack ${stack} --file ${stack}-state.json`,
        "npm run pulumi -- refresh",
        "npm run pulumi -- preview --policy-pack policies",
      )}`,
      "Without an export: run `up`. Every object that exists is refused with the `pulumi import` line that takes it over; nothing is overwritten. The passwords of the offsite repositories come from the recovery sheet, or from the appliances: [passphrase-lost.md](passphrase-lost.md).",
    ),
    "## Check",
    list(
      "`npm run pulumi -- preview` shows no change.",
      "The commands on the [recovery sheet](recovery-sheet.html) show each secret; nobody looks over your shoulder.",
    ),
  );
}
