import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Outcome, tryChannels } from "../../ops/alerts/trial.ts";
import { configFile, folder, run } from "../support/command-line.ts";
import type { SiteYaml } from "../support/site-yaml.ts";
import { SmallLab } from "./support/small-lab.ts";

const URL = "https://hooks.example.org/T/B/secret";
const alerts = {
  mail: {
    ...{ from: "nas@example.org", to: ["owner@example.org"], server: "mail.example.org", port: 587 },
    security: "STARTTLS",
  },
  slack: { level: "ERROR" },
  syslog: { server: "198.51.100.9" },
};
const lab = new SmallLab({ alerts });

function outcomes(slackUrl: string | undefined = URL) {
  return tryChannels(lab.declared, { ...lab.way, slackUrl });
}
/** What became of the tests of the first appliance. */
async function ofNas(slackUrl?: string) {
  const all = await outcomes(slackUrl);
  return Object.fromEntries(
    all.flatMap(({ appliance, channel, status, detail }) =>
      appliance === "nas" ? [[channel, { status, detail }] as const] : [],
    ),
  );
}

beforeAll(async () => {
  await lab.start();
  for (const name of ["nas", "vault"] as const)
    await lab
      .appliance(name)
      .call("mail.update", { fromemail: "nas@example.org", outgoingserver: "mail.example.org", port: 587 });
});
beforeEach(() => {
  lab.world.post.accept();
  lab.world.post.clear();
});
afterAll(() => lab.stop());

describe("a test of all channels", () => {
  test("arrives where somebody is told, and says what cannot be known", async () => {
    const { mail, slack, syslog } = await ofNas();
    const told = lab.world.post.told.filter(({ from }) => from === "nas");

    expect(mail).toEqual({ status: "arrived", detail: "mail.example.org took a mail to owner@example.org" });
    expect(slack).toEqual({ status: "arrived", detail: "Slack took a message" });
    expect(syslog?.status).toBe("unknown");
    expect(told.map(({ through }) => through).sort()).toEqual(["Slack", "mail"]);
  });

  test("says why a mail was refused, sends the others all the same, and is fine the next time", async () => {
    lab.world.post.refuse("mail", "535 authentication failed", 2);
    const refused = await ofNas();
    lab.world.post.accept();

    expect(refused["mail"]?.status).toBe("failed");
    expect(refused["mail"]?.detail).toContain("535 authentication failed");
    expect(refused["slack"]?.status).toBe("arrived");
    expect((await ofNas())["mail"]?.status).toBe("arrived");
  });

  test("is told to machines as JSON, and to people beside it", async () => {
    lab.world.post.refuse("Slack", "no_service", 2);
    const secret = join(lab.dir, "slack-url");
    writeFileSync(secret, URL);
    const file = configFile(folder(), lab.written as SiteYaml);
    const { status, stdout, stderr } = await run(
      process.execPath,
      ["ops/alerts-test.ts", "--stack", "small", "--config-file", file, "--slack-url-file", secret, "--json", "-"],
      { TRUENAS_ENDPOINTS: lab.way.environment.endpointsFile ?? "" },
    );
    const report = JSON.parse(stdout) as { outcomes: Outcome[] };

    expect(status).toBe(1);
    expect(report).toMatchObject({ version: 1, stack: "small", ok: false });
    expect(report.outcomes.map(({ appliance, channel, status: fate }) => [appliance, channel, fate])).toEqual(
      ["nas", "vault"].flatMap((name) => [
        [name, "mail", "arrived"],
        [name, "slack", "failed"],
        [name, "syslog", "unknown"],
      ]),
    );
    expect(stderr).toContain("arrived  nas  mail: mail.example.org took a mail to owner@example.org\n");
  });

  test("says why an appliance was not entered, tries the others, and enters it the next time", async () => {
    const strikes = {
      refuseLogin: "refused the private key; add its public half to that user's authorized keys",
      wrongHostKey: "is not the pinned one",
    } as const;
    for (const [strike, says] of Object.entries(strikes) as ["refuseLogin" | "wrongHostKey", string][]) {
      lab.appliance("nas").faults[strike]({ times: 99 });
      const all = await outcomes();
      await lab.appliance("nas").faults.clear();

      for (const { appliance, status, detail } of all)
        expect([appliance, status === "failed", detail.includes(says)]).toEqual(
          appliance === "nas" ? ["nas", true, true] : [appliance, false, false],
        );
    }
    expect((await ofNas())["mail"]?.status).toBe("arrived");
  });

  test("never shows where Slack is told", async () => {
    lab.world.post.refuse("Slack", "no_service");
    const all = JSON.stringify(await outcomes());

    expect(all).toContain("Slack did not take it");
    expect(all).not.toContain("secret");
  });
});
