import { costs } from "../costs.ts";
import { type Facts, homes, isData } from "../facts.ts";
import { commands, list, page, steps, table } from "../markdown.ts";
import { needs, rebuild } from "./home-lost.ts";

/** Fire, water or thieves: nothing in the house is left. */
export function everythingLost(facts: Facts): string {
  const { site, stack } = facts;
  const appliances = Object.entries(site.appliances).filter(([, { host }]) => homes(facts).includes(host));
  return page(
    "# Everything in the house is lost",
    "Fire, water or thieves took every machine. What is left is what lies outside, and what the owner carries.",
    "## What it costs",
    costs("site", isData, facts),
    "The storage strategy allows two hours for a cluster whose data is whole; here the data itself has to travel first.",
    "## Who needs what",
    needs(),
    table(
      ["must lie outside the house", "else"],
      [
        ["the recovery sheet, on paper", "the repositories cannot be opened by anybody, ever"],
        ["this project and its state ([state-backend.md](state-backend.md))", "everything has to be described again"],
        ["the login to the cloud's own web page", "access keys cannot be made anew"],
      ],
    ),
    "## Do",
    steps(
      "On any computer, clone this project and bring its state back: [state-backend.md](state-backend.md).",
      "Bring the smallest and most needed data to that computer at once, without waiting for machines: [restic-by-hand.md](restic-by-hand.md).",
      "Get machines. The site says what stood there; what is bought instead goes into the site.",
      ...appliances.flatMap(([name, appliance]) =>
        rebuild({ name, appliance, machine: site.hosts[appliance.host] }, "house", facts),
      ),
      "Build the clusters anew from their manifests; their volumes are back with the datasets.",
    ),
    "## Check",
    commands(`npm run verify -- --stack ${stack}`, `npm run drill -- --stack ${stack}`),
    "## Afterwards",
    list("New keys for everything that was written on a sheet or lay on a stolen disk.", "A new recovery sheet."),
  );
}
