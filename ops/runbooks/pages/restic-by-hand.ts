import { formatDuration, type Offsite, type Site } from "../../../src/site/index.ts";
import type { Facts } from "../facts.ts";
import { commands, list, page, steps, table } from "../markdown.ts";

/** The address of a repository as restic is told it. */
export function repositoryOf({ cloud, bucket, folder }: Offsite, site: Site): string {
  const endpoint = site.clouds[cloud]?.endpoint ?? "https://s3.amazonaws.com";
  return `s3:${endpoint}/${bucket}${folder === undefined ? "" : `/${folder}`}`;
}

/** Offsite copies are read by restic alone, on any computer. */
export function resticByHand(facts: Facts): string {
  const { site, planned } = facts;
  const copies = Object.entries(site.offsites).filter(([, { method }]) => method === "restic");
  return page(
    "# Offsite copies are read without TrueNAS",
    "A repository needs restic, its address, its password and a key of the cloud. No appliance, no state, no project.",
    "## The repositories",
    table(
      ["copy", "data", "repository", "all of it takes"],
      copies.map(([name, copy]) => {
        const bytes =
          planned.find(
            ({ dataset, appliance }) => dataset === copy.source.dataset && appliance === copy.source.appliance,
          )?.bytes ?? 0;
        const seconds = bytes / (site.recovery.download * 0.8);
        return [name, `\`${copy.source.dataset}\``, `\`${repositoryOf(copy, site)}\``, formatDuration(seconds)];
      }),
    ),
    "The times hold for full quotas over the line that the site states. A single file takes minutes.",
    "## Who needs what",
    table(
      ["who", "what"],
      [
        [
          "the owner",
          "the [recovery sheet](recovery-sheet.html), any computer, restic 0.17 or newer from its own page or package",
        ],
      ],
    ),
    "## Do",
    steps(
      `Say what is needed; a blank before each line keeps it out of the shell's history:\n\n${commands(
        " export AWS_ACCESS_KEY_ID=…       # key id of the copy, from the sheet",
        " export AWS_SECRET_ACCESS_KEY=…   # key of the copy, from the sheet",
        " export RESTIC_PASSWORD=…         # password of the repository, from the sheet",
        ...regions(site),
      )}`,
      `Name the repository, one of these:\n\n${commands(...copies.map(([name, copy]) => `export RESTIC_REPOSITORY=${repositoryOf(copy, site)}   # ${name}`))}`,
      `Look, then bring back what is needed. \`--no-lock\` also works with a key that may only read:\n\n${commands(
        "restic --no-lock snapshots",
        "restic --no-lock ls latest | head -50",
        "restic --no-lock restore latest --target ./restored --include /path/that/is/needed",
        "restic --no-lock restore latest --target ./restored    # all of it",
      )}`,
    ),
    "## Check",
    commands("restic --no-lock check --read-data-subset=1%", "du -sh ./restored"),
    list(
      "Never run `restic forget`, `prune` or `unlock` from here: the appliance does that, and two that prune spoil each other.",
      "The bucket keeps what is deleted for a while (`versions` in the site): after an accident in the repository itself, go back to older versions in the cloud's web page first.",
    ),
  );
}

function regions({ clouds }: Site): string[] {
  const known = new Set(Object.values(clouds).flatMap(({ region }) => region ?? []));
  return [...known].map((region) => ` export AWS_DEFAULT_REGION=${region}`);
}
