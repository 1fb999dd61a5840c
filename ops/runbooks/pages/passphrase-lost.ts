import type { Facts } from "../facts.ts";
import { login, midclt } from "../facts.ts";
import { commands, list, page, steps, table } from "../markdown.ts";

/** A passphrase or a password that opens other secrets is lost: what still opens them, and what nobody ever opens again. */
export function passphraseLost(facts: Facts): string {
  const { site, stack } = facts;
  const senders = new Set(Object.values(site.offsites).map(({ source }) => source.appliance));
  return page(
    "# A passphrase is lost",
    "Machines and data go on without it. What it opened is opened by something else, for as long as that is there.",
    "## What it costs",
    table(
      ["what is lost", "what still opens it", "when that is lost too"],
      [
        [
          "the passphrase of the state",
          "nothing opens the secrets of the state; each is also where it is used, or is made anew",
          "the same: the state is begun anew, and no data is lost",
        ],
        [
          "the password of a repository",
          "the appliance that writes it, the state, the recovery sheet, a copy of the appliance's configuration",
          "**the repository, for good**: neither its cloud nor anybody else can open it",
        ],
        [
          "`recovery-key.pem`",
          "nothing opens the copies of configurations that were made so far",
          "one `up` makes what the project declares; passwords of accounts are set anew",
        ],
      ],
    ),
    "## Who needs what",
    table(
      ["who", "what"],
      [["the owner", "this project, an empty recovery sheet, and the appliances while they are there; an hour"]],
    ),
    "## Do: the passphrase of the state",
    steps(
      ...[...senders].flatMap((name) => {
        const appliance = site.appliances[name];
        if (appliance === undefined) return [];
        const fields = `'{"select": ["description", "password"]}'`;
        return [
          `Before anything else, write the passwords of the repositories that ${name} knows on a [recovery sheet](recovery-sheet.html):\n\n${commands(
            login(appliance),
            `${midclt(appliance)} cloud_backup.query '[]' ${fields} | jq -r '.[] | [.description, .password] | @tsv'`,
          )}`,
        ];
      }),
      "Begin an empty state with a new passphrase: [state-backend.md](state-backend.md), without an export. Keys of clouds and machines are set as they were the first time.",
      "The new state makes new passwords, which do not open old repositories. So give each offsite copy another `folder` in the site first; the old ones stay as they are, and open with what stands on the sheet: [restic-by-hand.md](restic-by-hand.md).",
    ),
    "## Do: the password of a repository",
    steps(
      "While its appliance is there, it tells it, as above. Else the state does; the [recovery sheet](recovery-sheet.html) says how.",
    ),
    "## Do: the key of the configuration copies",
    steps(
      "Make a new key and its certificate: [appliance-configuration.md](appliance-configuration.md), before the first copy. Copies from then on open with the new key.",
    ),
    "## Check",
    commands(`npm run verify -- --stack ${stack}`, `npm run drill -- --stack ${stack}`),
    list("The sheet is filled in, and lies outside the house."),
  );
}
