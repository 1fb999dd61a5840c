import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configFile, folder, lab, reportOf } from "../support/command-line.ts";
import { type SiteYaml, siteOf } from "../support/site-yaml.ts";

const within = (site: SiteYaml, more: object) => configFile(folder(), { ...site, ...more } as SiteYaml);

/** The calls that a command made on appliances, planned ones left out. */
function callsIn(journal: string): unknown[] {
  if (!existsSync(journal)) return [];
  const lines = readFileSync(journal, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as { planned?: boolean }).filter(({ planned }) => !planned);
}

describe("the site prod", () => {
  test("breaks no mandatory rule that is not waived, and lists what is waived with dates", async () => {
    const outcome = await lab(["preview", "--stack", "prod", "--json", "-"]);

    const { policies } = reportOf(outcome);
    const waived = policies.filter(({ policy }) => policy === "waivers");
    const rest = policies.filter(({ policy }) => policy !== "waivers");
    expect(outcome.status).toBe(0);
    expect(rest.map(({ policy, level }) => [policy, level])).toEqual([
      ["configuration-copies-can-be-opened", "advisory"],
      ["configuration-copies-can-be-opened", "advisory"],
      ["pool-keeps-headroom", "advisory"],
      ["pool-keeps-headroom", "advisory"],
    ]);
    expect(new Set(waived.map(({ waivedUntil }) => waivedUntil))).toEqual(new Set(["2027-03-31"]));
    expect(new Set(waived.map(({ message }) => message.split(": ")[1]))).toEqual(
      new Set([
        "authoritative-data-has-copy-on-another-host",
        "authoritative-data-has-offsite-copy",
        "authoritative-data-has-restore-test",
        "authoritative-data-has-snapshots",
        "copy-lies-on-a-host-that-is-there",
        "pool-is-not-over-committed",
        "runtime-data-has-copy-on-another-pool",
        "runtime-data-has-snapshots",
      ]),
    );
  });

  test("quotes the architecture review in every waiver", () => {
    const waivers = siteOf("prod").waivers as { reason: string }[];

    expect(waivers.filter(({ reason }) => !reason.includes("architecture review of 2026-02-05"))).toEqual([]);
  });
});

test("the site dev breaks no rule and waives none; only keys that appliances will make cannot be judged yet", async () => {
  const outcome = await lab(["preview", "--stack", "dev", "--json", "-"]);

  expect(outcome.status).toBe(0);
  expect(reportOf(outcome).policies.map(({ policy, message }) => [policy, message])).toEqual(
    ["nas", "vault"].map((name) => [
      "undecided",
      `undecided: copies-come-from-known-addresses cannot judge user "${name}/replication" before all of its values are known; it is judged again during the update`,
    ]),
  );
});

test.each(["preview", "rehearse"])(
  "%s ends with 1 on a mandatory violation, before any appliance is asked",
  async (command) => {
    const journal = join(folder(), "journal");
    const unwatched = within(siteOf("dev"), { alerts: {} });

    const outcome = await lab([
      command,
      "--stack",
      "dev",
      "--config-file",
      unwatched,
      "--journal",
      journal,
      "--json",
      "-",
    ]);

    const { errors, policies, truenas } = reportOf(outcome);
    expect(outcome.status).toBe(1);
    expect(new Set(policies.map(({ policy, level }) => `${policy}: ${level}`))).toEqual(
      new Set([
        "capacity-alerts-are-sent: mandatory",
        "replication-alerts-are-sent: mandatory",
        "scrub-alerts-are-sent: mandatory",
        "smart-alerts-are-sent: mandatory",
        "undecided: advisory",
      ]),
    );
    expect(new Set(errors.map(({ source }) => source))).toEqual(new Set(["policy"]));
    expect(truenas).toEqual({});
    expect(callsIn(journal)).toEqual([]);
  },
);

test("advice stops no rehearsal", async () => {
  const { monitoring } = siteOf("dev") as SiteYaml & { monitoring: object };
  const demanding = within(siteOf("dev"), { monitoring: { ...monitoring, minHeadroom: 12 } });

  const outcome = await lab(["rehearse", "--stack", "dev", "--config-file", demanding, "--json", "-"]);

  const { ok, policies } = reportOf(outcome);
  expect({ status: outcome.status, ok }).toEqual({ status: 0, ok: true });
  expect(policies.map(({ policy, level, urn }) => [policy, level, urn.split("::").at(-1)])).toEqual([
    ["pool-keeps-headroom", "advisory", "nas/tank"],
  ]);
});
