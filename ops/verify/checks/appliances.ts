import type { Check, Watched } from "../check.ts";
import type { Finding } from "../finding.ts";

/** Every appliance whose host is there answers, as the release that the site names. */
export const appliancesAnswer: Check = {
  name: "appliance-answers",
  doc: "Every appliance whose host is there is reached under its pinned host key and runs the release that the site names.",
  find: ({ site, appliances }) =>
    appliances.flatMap((watched) => [
      presence(watched, site.appliances[watched.name]?.version ?? ""),
      ...unread(watched),
    ]),
};

function presence({ name, awaited, sight, absence }: Watched, version: string): Finding {
  const about = { appliance: name, subject: name };
  if (absence?.kind === "waiting") {
    const objects = awaited.reduce((sum, each) => sum + each.objects, 0);
    return { ...about, status: "waiting", found: `${absence.reason}${objects > 0 ? `; ${objects} objects wait` : ""}` };
  }
  if (!sight) {
    const remedy = "see that it is up and can be reached from here; the reason says more";
    return { ...about, status: "failed", found: absence?.reason ?? "not reached", expected: "an answer", remedy };
  }
  const expected = `release ${version}`;
  const found = `release ${sight.version}`;
  if (`${sight.version}.`.startsWith(`${version}.`)) return { ...about, status: "passed", found, expected };

  return {
    ...about,
    status: "failed",
    found,
    expected,
    remedy: "state its release in the site, or update the appliance",
  };
}

function unread({ name, sight }: Watched): readonly Finding[] {
  return (sight?.unread ?? []).map((reason) => ({
    status: "failed",
    appliance: name,
    subject: "what it tells of itself",
    found: reason,
    remedy: "see that the middleware runs and that the account may read this",
  }));
}
