import { describe, expect, test } from "vitest";
import { parseSite, SiteError } from "../../../src/site/index.ts";
import { smallSite } from "../../support/invalid-sites.ts";
import { writtenSite } from "../../support/stack-site.ts";

type Json = Record<string, unknown>;

function refused(value: unknown): SiteError {
  try {
    parseSite(value);
  } catch (error) {
    if (error instanceof SiteError) return error;
  }
  throw new Error("the site was accepted");
}

describe("a parsed site", () => {
  test("is frozen to its leaves", () => {
    const site = parseSite(smallSite());

    const visit = (value: unknown): boolean =>
      value === null || typeof value !== "object" || (Object.isFrozen(value) && Object.values(value).every(visit));

    expect(visit(site)).toBe(true);
  });

  test("leaves what it was read from as it was", () => {
    const written = writtenSite("prod");
    const before = structuredClone(written);

    parseSite(written);

    expect(written).toEqual(before);
  });

  test("has sizes in bytes, the pool's disk size at every vdev, and defaults filled in", () => {
    const { appliances, networks, snapshotTiers, clusters } = parseSite(smallSite());
    const tank = appliances["nas"]?.pools["tank"];

    expect(tank?.datasets["apps"]?.quota).toBe(500e9);
    expect(tank?.topology.data[0]?.diskSize).toBe(1e12);
    expect(tank?.topology.log?.[0]?.diskSize).toBe(100e9);
    expect(tank?.topology.spares?.diskSize).toBe(1e12);
    expect(tank?.datasets["apps"]).toMatchObject({ access: {}, snapshots: [], properties: {}, onDestroy: "refuse" });
    expect(tank?.zvols["apps/disk"]).toMatchObject({ size: 10 * 1024 ** 3, blockSize: "16K", sparse: false });
    expect(networks["lan"]?.mtu).toBe(1500);
    expect(snapshotTiers["hourly"]?.namingSchema).toBe("hourly-%Y-%m-%d_%H-%M");
    expect(appliances["nas"]?.ssh).toEqual({ network: "lan", port: 22, user: "root", sudo: false, secrets: "stdin" });
    expect(clusters).toEqual({});
  });

  test("takes a host key as the key file has it, without the comment", () => {
    const key = `ssh-ed25519 ${"A".repeat(68)}`;
    const site = smallSite() as { appliances: { nas: { ssh: Json } } };
    site.appliances.nas.ssh["hostKey"] = `${key} root@nas`;

    expect(parseSite(site).appliances["nas"]?.ssh.hostKey).toBe(key);
  });

  test("takes a date that a YAML reader has turned into midnight for the day", () => {
    const site = smallSite() as { waivers: Json[] };
    site.waivers = site.waivers.map((waiver) => ({ ...waiver, until: "2027-03-31T00:00:00Z" }));

    expect(parseSite(site).waivers[0]?.until).toBe("2027-03-31");
  });
});

describe("a refused site", () => {
  test("says in one message how many problems there are and each on a line", () => {
    const site = { ...(smallSite() as Json), name: "Small", ownership: { model: "none", phase: "steady" } };

    const error = refused(site);

    expect(error.problems).toHaveLength(2);
    expect(error.message).toBe(
      ["the site is refused: 2 problems", ...error.problems.map(({ message }) => `  ${message}`)].join("\n"),
    );
  });

  test("gives each problem as rule, path, value, what is allowed and what to do", () => {
    const [problem] = refused({ ...(smallSite() as Json), name: "Small" }).problems;

    expect(problem).toEqual({
      rule: "name",
      path: "homelab:site.name",
      value: "Small",
      allowed: "1 to 63 of a-z, 0-9 and -, not starting or ending with -",
      remedy: "choose a short lower-case name",
      message:
        'homelab:site.name: "Small" is not a name; allowed: 1 to 63 of a-z, 0-9 and -, not starting or ending with -; ' +
        "remedy: choose a short lower-case name",
    });
  });

  test.each([[null], ["homelab"], [7], [undefined]])("is refused when it is %j", (value) => {
    expect(refused(value).problems).toHaveLength(1);
  });

  test("is refused with every required part when it is empty", () => {
    expect(refused({}).problems.map(({ path }) => path)).toEqual(
      ["name", "ownership", "networks", "hosts", "appliances"].map((key) => `homelab:site.${key}`),
    );
  });
});
