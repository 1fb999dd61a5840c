import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bareKey, publicHalf } from "../../../truenas/model/ssh-public-key.ts";
import type { Values } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

/** How the engine is told that a value is a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

interface Pair {
  readonly id: number;
  readonly attributes: { readonly private_key: string; readonly public_key: string };
}

let site: Site;
beforeAll(async () => {
  site = await Site.start();
});
afterAll(async () => {
  await site.stop();
});

const stored = async (name: string) =>
  (await site.appliance.call("keychaincredential.query", [["name", "=", name]], { get: true })) as Pair;
const journal = () => readFileSync(join(site.directory, "journal.jsonl"), "utf8");
const made = async () => (await site.appliance.call("keychaincredential.generate_ssh_key_pair")) as Pair["attributes"];
/** What of a private key nobody may see. */
const heart = (privateKey: string) => privateKey.split("\n").slice(3, -3).join("\n") || privateKey;

test("a pair without a private half is made by the appliance, which alone has it, in one process", async () => {
  await site.plugin.read("SshKeyPair", "none");
  site.appliance.resetCounters();
  const { outputs } = await site.plugin.create("SshKeyPair", "made", { name: "made" });
  expect(site.appliance.counters.midcltProcesses).toBe(1);
  const { attributes } = await stored("made");

  expect(outputs).toEqual({ name: "made", publicKey: bareKey(attributes.public_key), rowId: 1 });
  expect(publicHalf(attributes.private_key)).toBe(outputs["publicKey"]);
  const seen = `${journal()}${JSON.stringify(outputs)}${site.appliance.processes.join("\n")}`;
  expect(seen).not.toContain(heart(attributes.private_key));
  expect(seen).not.toContain(heart(JSON.stringify(attributes.private_key).slice(1, -1)));

  await site.nextPhase();
  const read = await site.plugin.read("SshKeyPair", "made");
  expect(read.outputs).toMatchObject(outputs);
  const states = { id: "made", oldInputs: read.inputs, oldOutputs: read.outputs, news: { name: "made" } };
  expect((await site.plugin.diff("SshKeyPair", states)).detailed).toEqual({});
  expect(JSON.stringify(site.appliance.calls)).not.toContain(
    heart(JSON.stringify(attributes.private_key).slice(1, -1)),
  );
});

test("a pair is made once, whether its answer is lost before or after, and where secrets travel in arguments", async () => {
  const twins = async (name: string) =>
    (await site.appliance.call("keychaincredential.query", [["name", "=", name]])) as Pair[];
  for (const when of ["before", "after"] as const) {
    site.appliance.faults.dropConnection({ when, method: "keychaincredential.create" });
    const { outputs } = await site.plugin.create("SshKeyPair", when, { name: when });
    const [pair, ...others] = await twins(when);

    expect(others).toEqual([]);
    expect(outputs["publicKey"]).toBe(bareKey(pair?.attributes.public_key ?? ""));
  }

  await site.nextPhase({ secrets: "argv" });
  const { outputs } = await site.plugin.create("SshKeyPair", "shown", { name: "shown" });
  expect(outputs["publicKey"]).toBe(publicHalf((await stored("shown")).attributes.private_key));
  await site.nextPhase({ secrets: "stdin" });
});

test("a private half that is stated reaches the appliance unseen, and is put back when somebody changes it", async () => {
  const { private_key: privateKey, public_key } = await made();
  const inputs = { name: "stated", privateKey };

  const { outputs } = await site.plugin.create("SshKeyPair", "stated", inputs);
  expect(outputs).toMatchObject({ name: "stated", publicKey: bareKey(public_key) });
  expect(outputs["privateKey"]).toEqual({ [SIGNATURE]: SECRET, value: privateKey });
  expect((await stored("stated")).attributes.private_key).toBe(privateKey);

  const other = await made();
  await site.appliance.call("keychaincredential.update", outputs["rowId"], {
    attributes: { private_key: other.private_key },
  });
  await site.nextPhase();
  const drifted = await site.plugin.read("SshKeyPair", "stated", { inputs, outputs });
  expect(drifted.outputs["publicKey"]).toBe(bareKey(other.public_key));
  const states = { id: "stated", oldInputs: drifted.inputs, oldOutputs: drifted.outputs, news: inputs };
  expect((await site.plugin.diff("SshKeyPair", states)).detailed).toEqual({ privateKey: "update" });
  const repaired = await site.plugin.update("SshKeyPair", states);

  expect(repaired["publicKey"]).toBe(bareKey(public_key));
  expect((await stored("stated")).attributes.private_key).toBe(privateKey);
  for (const key of [privateKey, other.private_key])
    expect(`${journal()}${site.appliance.processes.join("\n")}`).not.toContain(heart(JSON.stringify(key).slice(1, -1)));
});

test("the public half is known before the appliance is asked, whichever form the private one has", async () => {
  const foresee = async (privateKey: string) => {
    const { outputs } = await site.plugin.create("SshKeyPair", "p", { name: "p", privateKey }, true);
    return (outputs as Values)["publicKey"];
  };
  const { private_key, public_key } = await made();
  expect(await foresee(private_key)).toBe(bareKey(public_key));

  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const pem = rsa.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  expect(await foresee(pem)).toMatch(/^ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ/);

  expect(await site.plugin.check("SshKeyPair", "p", { name: "p", privateKey: "-----BEGIN NONSENSE-----" })).toEqual([
    {
      property: "privateKey",
      reason: "privateKey cannot be read; use an RSA or ed25519 key without a passphrase, in OpenSSH's or PEM's form",
    },
  ]);
});
