import { afterEach, beforeEach, expect, test } from "vitest";
import { opened, refusal, type Values } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

let site: Site;
beforeEach(async () => {
  site = await Site.start({}, { TRUENAS_CALL_TIMEOUT: "5" });
});
afterEach(async () => {
  await site.stop();
});

const slack = (name: string) => ({ name, type: "Slack", url: `https://hooks.home.lan/planted-${name}` });
const key = { name: "exporter", username: "truenas_admin" };
const rows = async (namespace: string) => (await site.appliance.call(`${namespace}.query`)) as Values[];

test("objects with secrets cost a process each, and the others travel together as ever", async () => {
  const jobs = Array.from({ length: 6 }, (_, at) => ({ description: `job ${at}`, command: "true", user: "root" }));
  await Promise.all([site.plugin.read("AlertService", "none"), site.plugin.read("CronJob", "none")]);
  site.appliance.resetCounters();

  await Promise.all([
    ...["a", "b", "c"].map((name) => site.plugin.create("AlertService", name, slack(name))),
    ...jobs.map((job) => site.plugin.create("CronJob", job.description, job)),
  ]);

  expect(site.appliance.counters).toMatchObject({ writes: 9, midcltProcesses: 4 });
});

test("the mail service that every appliance comes with is taken over", async () => {
  await site.plugin.create("AlertService", "mail", { name: "E-Mail", type: "Mail", email: "admin@home.lan" });

  expect((await rows("alertservice")).map(({ id, name }) => [id, name])).toEqual([
    [2, "E-Mail"],
    [1, "SNMP Trap"],
  ]);
});

test("a secret that an import did not read is not sent, and stated it is no change", async () => {
  await site.appliance.call("alertservice.create", {
    name: "chat",
    level: "ERROR",
    attributes: { type: "Slack", url: "https://hooks.home.lan/planted" },
  });
  const { inputs, outputs } = await site.plugin.read("AlertService", "chat");
  expect(opened(inputs)).toEqual({ name: "chat", type: "Slack", level: "ERROR", url: "(a secret that was not read)" });
  const news = { ...opened(inputs), level: "INFO" };

  const states = { id: "chat", oldInputs: inputs, oldOutputs: outputs, news };
  expect(await refusal(site.plugin.update("AlertService", states))).toBe(
    'din: alertservice.update needs a secret in place of "(a secret that was not read)", which an import wrote since nobody reads secrets; state it and run again',
  );
});

test("an API key is told once: one that is there is refused or changed, one whose answer was lost is changed", async () => {
  site.appliance.faults.dropConnection({ when: "after", method: "api_key.create" });
  const { outputs } = await site.plugin.create("ApiKey", "exporter", key);
  expect(String(opened(outputs)["key"])).toMatch(/^1-[A-Za-z0-9]{64}$/);
  expect(await rows("api_key")).toHaveLength(1);

  await site.nextPhase();
  expect(await refusal(site.plugin.create("ApiKey", "exporter", key))).toContain("exists already");
  const adopted = await site.plugin.create("ApiKey", "exporter", { ...key, adopt: true });
  expect(opened(adopted.outputs)["key"]).not.toBe(opened(outputs)["key"]);
  expect(JSON.stringify(site.journal())).not.toMatch(/\d-[A-Za-z0-9]{64}/);
});
