import type { Site } from "../../src/site/index.ts";
import { picture } from "../plan/picture.ts";
import { livesIn, livesOn, verdict } from "./costs.ts";
import { type Facts, factsOf, homes, isData, keepers } from "./facts.ts";
import { page, table } from "./markdown.ts";
import { applianceConfiguration } from "./pages/appliance-configuration.ts";
import { applianceInstallation, installations } from "./pages/appliance-installation.ts";
import { datasetDeleted } from "./pages/dataset-deleted.ts";
import { everythingLost } from "./pages/everything-lost.ts";
import { homeLost } from "./pages/home-lost.ts";
import { keeperLost } from "./pages/keeper-lost.ts";
import { passphraseLost } from "./pages/passphrase-lost.ts";
import { poolCreation } from "./pages/pool-creation.ts";
import { poolLost } from "./pages/pool-lost.ts";
import { replicationSetup } from "./pages/replication-setup.ts";
import { resticByHand } from "./pages/restic-by-hand.ts";
import { stateBackend } from "./pages/state-backend.ts";
import { recoverySheet } from "./recovery-sheet.ts";

/** A runbook: the name of its file, what has happened, and what that means. */
interface Runbook {
  readonly file: string;
  readonly when: string;
  readonly outcome: string;
  readonly text: string;
}

/** Every file of a site's runbooks by its name; the same site always gives the same text. */
export function runbooks(stack: string, site: Site): Record<string, string> {
  const facts = factsOf(stack, site);
  const losses = [...lostHomes(facts), ...lostPools(facts), ...lostKeepers(facts), ...others(facts)];
  const works = tasks(facts);
  return {
    "README.md": index(facts, losses, works),
    "recovery-sheet.html": recoverySheet(facts),
    "protection.svg": picture(site.name, facts.plan),
    ...Object.fromEntries([...losses, ...works].map(({ file, text }) => [file, text])),
  };
}

function lostHomes(facts: Facts): Runbook[] {
  return homes(facts).map((host) => ({
    file: `lost-${host}.md`,
    when: `${host} dies`,
    outcome: verdict("host", livesOn(host, facts), facts),
    text: homeLost(host, facts),
  }));
}

function lostPools(facts: Facts): Runbook[] {
  return Object.entries(facts.site.appliances).flatMap(([name, { pools }]) =>
    Object.keys(pools)
      .filter((pool) => facts.plan.some(livesIn(name, pool)))
      .map((pool) => ({
        file: `lost-pool-${pool}-of-${name}.md`,
        when: `the pool ${pool} of ${name} is lost`,
        outcome: verdict("pool", livesIn(name, pool), facts),
        text: poolLost(name, pool, facts),
      })),
  );
}

function lostKeepers(facts: Facts): Runbook[] {
  const known = homes(facts);
  return keepers(facts)
    .filter((host) => !known.includes(host))
    .map((host) => ({
      file: `lost-${host}.md`,
      when: `${host} dies`,
      outcome: "no data is lost; the next loss finds fewer copies",
      text: keeperLost(host, facts),
    }));
}

function others(facts: Facts): Runbook[] {
  return [
    {
      file: "dataset-deleted.md",
      when: "files or a dataset are deleted or spoilt by mistake",
      outcome: "minutes where there are snapshots",
      text: datasetDeleted(facts),
    },
    {
      file: "everything-lost.md",
      when: "everything in the house is lost",
      outcome: verdict("site", isData, facts),
      text: everythingLost(facts),
    },
    {
      file: "passphrase-lost.md",
      when: "a passphrase is lost",
      outcome: "an hour; a repository is lost only with everything that knows its password",
      text: passphraseLost(facts),
    },
  ];
}

function tasks(facts: Facts): Runbook[] {
  return [
    {
      file: "state-backend.md",
      when: "there is no NAS yet, or the state is lost",
      outcome: "minutes",
      text: stateBackend(facts),
    },
    {
      file: "appliance-installation.md",
      when: "an appliance is installed",
      outcome: "an hour",
      text: applianceInstallation(facts),
    },
    ...installations(facts).map(({ file, appliance, text }) => ({
      file,
      when: `${appliance} is installed`,
      outcome: "an hour",
      text,
    })),
    { file: "pool-creation.md", when: "a pool is created", outcome: "half an hour", text: poolCreation(facts) },
    {
      file: "replication-setup.md",
      when: "a receiving machine comes online",
      outcome: "an hour, then the first run",
      text: replicationSetup(facts),
    },
    {
      file: "appliance-configuration.md",
      when: "an appliance's own settings are brought back",
      outcome: "15 minutes",
      text: applianceConfiguration(facts),
    },
    {
      file: "restic-by-hand.md",
      when: "offsite copies are read without TrueNAS",
      outcome: "minutes for a file",
      text: resticByHand(facts),
    },
  ];
}

function index(facts: Facts, losses: readonly Runbook[], works: readonly Runbook[]): string {
  const { site, stack } = facts;
  const rows = (books: readonly Runbook[]) => books.map(({ file, when, outcome }) => [`[${when}](${file})`, outcome]);
  return page(
    `# Runbooks of ${site.name}`,
    `<!-- Written by \`npm run runbooks -- --stack ${stack}\` from Pulumi.${stack}.yaml; do not edit. -->`,
    "Print the [recovery sheet](recovery-sheet.html), fill it in, and keep it outside the house. Times and losses are those that `npm run plan` computes ([ADR-0041](../../adr/0041-compute-what-a-loss-costs.md)): expectations, to be corrected by what restore tests measure.",
    `![How the data of ${site.name} is protected: snapshots, copies, and what is missing](protection.svg)`,
    "## Something is lost",
    table(["what", "expected"], rows(losses)),
    "## Something is to be done",
    table(["what", "takes"], rows(works)),
    "## Beside the documents",
    table(["what", "they expect", "the plan"], expectations(facts)),
  );
}

/** What the documents say of the same misfortunes, beside what is computed for the machines that carry data. */
function expectations(facts: Facts): string[][] {
  const nas = homes(facts).map((host) => [
    `${host} fails`,
    "back after 4 h, 24 h of data lost (storage strategy, Disaster Recovery Scenarios)",
    verdict("host", livesOn(host, facts), facts),
  ]);
  return [
    ...nas,
    [
      "an application or a node of a cluster fails",
      "back after 2 to 5 min, nothing lost (storage strategy)",
      "its data stays where it is",
    ],
    ["a cluster is lost", "back after 2 h, nothing lost (storage strategy)", "its data stays where it is"],
    [
      "a pool is made anew",
      "pool 30 min, configuration 15 min, tests 1 h (architecture review)",
      "the same, and the way of the data",
    ],
  ];
}
