import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Run } from "../../lab/engine/index.ts";
import { resourceTypes } from "../../truenas/model/registry.ts";
import { secretNames } from "../../truenas/model/secrets.ts";
import { expectFine } from "../support/world.ts";
import { managed } from "../truenas/support/objects/index.ts";
import { deeds, Storage, type Values, type Written } from "./support/storage.ts";

/** Secrets that no story of an object states; each takes the place of something that one does. */
const BESIDES: readonly { readonly type: string; readonly props: Values; readonly instead: readonly string[] }[] = [
  {
    type: "Mail",
    instead: ["pass"],
    props: {
      oauth: {
        provider: "gmail",
        clientId: "client",
        clientSecret: "planted-client-secret",
        refreshToken: "planted-refresh-token",
      },
    },
  },
];

interface Case {
  readonly type: string;
  readonly title: string;
  readonly before: Values;
  readonly after: Values;
  readonly secrets: readonly string[];
  readonly ground: readonly (readonly [method: string, ...params: unknown[]])[];
}

/** Every story of an object with a secret: as it is made, and with each secret changed that changes in it. */
const cases: readonly Case[] = managed.flatMap((one) => {
  const type = resourceTypes.find(({ name }) => name === one.type);
  const names = type ? [...secretNames(type)].filter((name) => name in type.properties) : [];
  const before = one.stated("it");
  const changed = Object.fromEntries(Object.entries(one.changes).filter(([name]) => names.includes(name)));
  const secrets = names.filter((name) => name in before || name in changed);
  if (secrets.length === 0) return [];
  const ground = one.ground?.("it") ?? [];
  return [{ type: one.type, title: one.title ?? one.type, before, after: { ...before, ...changed }, secrets, ground }];
});

const written = (part: "before" | "after"): Written[] =>
  cases.map((one) => ({ type: one.type, name: one.title, props: one[part], after: [] }));

/** Every text in the secrets of these properties that is long enough to be looked for; of a key, its last lines. */
function textsOf(value: unknown): string[] {
  if (typeof value !== "string") return Object.values(Object(value)).flatMap(textsOf);
  const lines = value.split("\n").filter((line) => line.length >= 8 && !line.startsWith("-----"));

  // The first lines of a private key hold what its public half shows as well.
  return lines.slice(-2);
}

const planted = new Set(
  cases.flatMap(({ secrets, before, after }) =>
    secrets.flatMap((name) => [before[name], after[name]].flatMap(textsOf)),
  ),
);
for (const { props } of BESIDES) for (const text of textsOf(props)) if (text.startsWith("planted")) planted.add(text);
/** What an appliance calls a key of its API. */
const API_KEY = /\b\d+-[A-Za-z0-9]{64}\b/;

function leaksIn(text: string): string[] {
  const found = [...planted].filter(
    (secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
  );
  return API_KEY.test(text) ? [...found, "a key of the API"] : found;
}

/** Everything that a run says: to people, and to whoever reads its report. */
const saidBy = ({ diagnostics, steps, policies }: Run) =>
  JSON.stringify([diagnostics, policies, steps.map(({ urn, op, diff }) => ({ urn, op, diff }))]);

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile());
}

describe("the stories of secrets", () => {
  test("tell every secret of the model", () => {
    const told = new Set([
      ...cases.flatMap(({ type, secrets }) => secrets.map((name) => `${type}.${name}`)),
      ...BESIDES.flatMap(({ type, props }) => Object.keys(props).map((name) => `${type}.${name}`)),
    ]);
    const all = resourceTypes.flatMap((type) =>
      [...secretNames(type)].filter((name) => name in type.properties).map((name) => `${type.name}.${name}`),
    );

    expect([...told].sort()).toEqual(all.sort());
  });

  test("find every secret at the top of its object, where it is encrypted as a whole", () => {
    for (const { name: type, properties } of resourceTypes)
      for (const [name, property] of Object.entries(properties)) {
        const inside = property.kind === "object" && Object.values(property.fields).some(({ secret }) => secret);
        expect([type, name, property.secret ?? false]).toEqual([type, name, inside || (property.secret ?? false)]);
      }
  });
});

test("planted secrets are nowhere but on the appliance and, encrypted, in the state", {
  timeout: 300_000,
}, async () => {
  const storage = await Storage.open("lab");
  const journal = join(storage.dir, "journal.jsonl");
  const env = { TRUENAS_JOURNAL: journal };
  await storage.makePool("tank", 2);
  await storage.appliance.call("pool.dataset.create", { name: "tank/a" });
  for (const { ground } of cases)
    for (const [method, ...params] of ground) await storage.appliance.call(method, ...params);
  const refusals = {
    IscsiAuth: "iscsi.auth.create",
    CloudCredential: "cloudsync.credentials.create",
    Mail: "mail.update",
  };
  for (const [type, method] of Object.entries(refusals)) {
    const of = cases.filter((one) => one.type === type);
    const echoed = of.flatMap(({ secrets, before }) => secrets.flatMap((name) => textsOf(before[name])));
    storage.appliance.faults.errorOn({ method, text: `[EFAULT] ${echoed[0]} is none`, times: 9 });
  }
  const said: string[] = [];
  const run = async (act: () => Promise<Run>) => {
    const done = await act();
    said.push(saidBy(done));
    return done;
  };

  expect((await run(() => storage.stack(written("before"), env).up({ skipPreview: true }))).ok).toBe(false);
  await storage.appliance.faults.clear();
  expectFine(await run(() => storage.stack(written("before"), env).up({ skipPreview: true })));
  expectFine(await run(() => storage.stack(written("before"), env).refresh()));
  expect(deeds(await run(() => storage.stack(written("before"), env).preview()))).toEqual([]);
  const changing = cases.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  await run(() => storage.stack(written("after"), env).preview());
  storage.appliance.resetCounters();
  const changed = await run(() => storage.stack(written("after"), env).up({ skipPreview: true }));
  expectFine(changed);
  expect(deeds(changed)).toEqual(changing.map(({ type, title }) => `update ${type} ${title}`).sort());
  expect(storage.appliance.counters.writes).toBe(changing.length);
  for (const { type, props, instead } of BESIDES) {
    const others = written("after").map((one) =>
      one.type === type
        ? {
            ...one,
            props: {
              ...Object.fromEntries(Object.entries(one.props).filter(([name]) => !instead.includes(name))),
              ...props,
            },
          }
        : one,
    );
    expectFine(await run(() => storage.stack(others, env).up({ skipPreview: true })));
  }

  const kept = JSON.stringify(
    await Promise.all(
      ["cloudsync.credentials.query", "alertservice.query", "iscsi.auth.query", "mail.config"].map((method) =>
        storage.appliance.call(method),
      ),
    ),
  );
  expect(leaksIn(kept).length).toBeGreaterThan(10);
  expect(leaksIn(said.join("\n"))).toEqual([]);
  expect(leaksIn(readFileSync(journal, "utf8"))).toEqual([]);
  expect(leaksIn(storage.appliance.processes.join("\n"))).toEqual([]);
  expect(
    leaksIn(JSON.stringify(await storage.appliance.call("core.get_jobs", [], { extra: { raw_result: true } }))),
  ).toEqual([]);
  const files = filesBelow(storage.dir).filter((path) => !/resources-\d+\.json$|plugins$|_key$/.test(path));
  expect(files.filter((path) => leaksIn(readFileSync(path, "utf8")).length > 0)).toEqual([]);
});
