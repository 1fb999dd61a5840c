import { type ParseEntry, parse } from "shell-quote";
import { describe, expect, test } from "vitest";
import { type ImportRequest, Stack } from "../../lab/engine/index.ts";
import { LONG_STORY } from "../support/engines.ts";
import { ENGINES, expectFine } from "../support/world.ts";
import { making, managed } from "../truenas/support/objects/index.ts";
import { NOT_DRIFTING } from "./support/drift-cases.ts";
import { deeds, errors, PREFIX, Storage, type Values, type Written } from "./support/storage.ts";

const GIB = 1024 ** 3;
const TASK = "hourly-%Y-%m-%d_%H-%M";
const PROVIDER = {
  name: "din",
  urn: `${PREFIX}::storage:index:Site$storage:index:Appliance$pulumi:providers:truenas::din`,
};
const PARENT = { name: "din-parent", urn: `${PREFIX}::storage:index:Site$storage:index:Appliance::din` };

/** An object that somebody made by hand, and how a program states it. */
interface Found {
  readonly id: string;
  readonly resource: Written;
  readonly make: readonly (readonly [method: string, ...params: unknown[]])[];
  /** What a program states otherwise than it is, so that it is not taken for its own. */
  readonly otherwise?: Values;
}

const found = (type: string, id: string, props: Values, ...make: Found["make"]): Found => ({
  id,
  resource: { type, name: `the ${type} ${id}`, props, protect: true },
  make,
});

/** One object of each type, as somebody made it in TrueNAS; parents first. */
const OBJECTS: readonly Found[] = [
  found("Pool", "tank", { name: "tank", topology: { data: [{ type: "STRIPE", disks: ["S1", "S2"] }] } }),
  found(
    "Dataset",
    "tank/my photos",
    {
      name: "tank/my photos",
      comments: "Tom's",
      compression: "ZSTD",
      quota: 2 * GIB,
      userProperties: { "a:b": "c d" },
    },
    [
      "pool.dataset.create",
      {
        name: "tank/my photos",
        comments: "Tom's",
        compression: "ZSTD",
        quota: 2 * GIB,
        user_properties: [{ key: "a:b", value: "c d" }],
      },
    ],
  ),
  found("Zvol", "tank/disk", { name: "tank/disk", volsize: GIB, volblocksize: "16K" }, [
    "pool.dataset.create",
    { name: "tank/disk", type: "VOLUME", volsize: GIB },
  ]),
  found(
    "FilesystemAcl",
    "/mnt/tank/my photos",
    { path: "/mnt/tank/my photos", user: "apps", group: "apps", mode: "750" },
    ["filesystem.setperm", { path: "/mnt/tank/my photos", mode: "750", uid: 568, gid: 568 }],
  ),
  found(
    "NfsShare",
    "/mnt/tank/my photos",
    { path: "/mnt/tank/my photos", networks: ["10.10.10.0/24"], ro: true, comment: 'for "all" & $HOME' },
    [
      "sharing.nfs.create",
      { path: "/mnt/tank/my photos", networks: ["10.10.10.0/24"], ro: true, comment: 'for "all" & $HOME' },
    ],
  ),
  found("SmbShare", "Tom's", { name: "Tom's", path: "/mnt/tank/my photos", options: { hostsallow: ["10.0.0.1"] } }, [
    "sharing.smb.create",
    {
      name: "Tom's",
      path: "/mnt/tank/my photos",
      purpose: "DEFAULT_SHARE",
      options: { hostsallow: ["10.0.0.1"] },
    },
  ]),
  found(
    "SnapshotTask",
    `tank/my photos@${TASK}`,
    { dataset: "tank/my photos", namingSchema: TASK, lifetimeValue: 3, lifetimeUnit: "DAY", schedule: { minute: "0" } },
    [
      "pool.snapshottask.create",
      {
        dataset: "tank/my photos",
        naming_schema: TASK,
        lifetime_value: 3,
        lifetime_unit: "DAY",
        schedule: { minute: "0", hour: "*", dom: "*", month: "*", dow: "*" },
      },
    ],
  ),
  found("ScrubTask", "tank", { pool: "tank", threshold: 6, description: "weekly" }, [
    "pool.scrub.update",
    1,
    { threshold: 6, description: "weekly" },
  ]),
  found(
    "Service",
    "nfs",
    { service: "nfs", enable: true, running: true },
    ["service.update", "nfs", { enable: true }],
    ["service.control", "START", "nfs"],
  ),
  ...managed
    .filter(({ brief }) => !brief)
    .map((one) => {
      const stated = one.stated("it");
      const made = found(one.type, one.id(stated), stated, ...(one.ground?.("it") ?? []), ...making(one));
      return { ...made, otherwise: one.otherwise ?? {} };
    }),
];

/** An appliance with these objects on it, and a state that knows of no object yet. */
async function furnished(engine: (typeof ENGINES)[number]): Promise<Storage> {
  const storage = await Storage.open(engine);
  await storage.makePool("tank", 2);
  for (const { make } of OBJECTS)
    for (const [method, ...params] of make) await storage.appliance.call(method, ...params);
  expectFine(await storage.stack([]).up({ skipPreview: true }));

  return storage;
}

describe.each(ENGINES)("import under the %s engine", (engine) => {
  test("of each type brings in what is there, and the program that states it changes nothing", {
    timeout: LONG_STORY[engine],
  }, async () => {
    const storage = await furnished(engine);
    const resources = OBJECTS.map(({ resource }) => resource);

    const requests = OBJECTS.map(({ id, resource: { type, name } }) => ({
      ...{ type: `truenas:index:${type}`, name, id },
      ...{ provider: PROVIDER, parent: PARENT },
    }));
    expectFine(await storage.stack(resources).import(...requests));

    expect(deeds(await storage.stack(resources).preview())).toEqual([]);
    storage.appliance.resetCounters();
    const up = await storage.stack(resources).up({ skipPreview: true });
    expectFine(up);
    expect(deeds(up)).toEqual([]);
    expect(storage.appliance.counters.writes).toBe(0);
    expect(new Set(resources.map(({ type }) => type))).toEqual(new Set(Object.keys(NOT_DRIFTING)));
  });

  test("goes by the line that the error names, as it stands, and then nothing is left to do", {
    timeout: LONG_STORY[engine],
  }, async () => {
    const storage = await furnished(engine);
    // These are taken over as they are, by what they are: they meet no error.
    const strangers = OBJECTS.filter(
      ({ id, resource }) => !TAKEN_OVER.includes(resource.type) && !TAKEN_OVER.includes(`${resource.type} ${id}`),
    );
    const unlike = strangers.map(({ resource, otherwise }) => ({
      ...resource,
      props: { ...resource.props, ...OTHERWISE[resource.type], ...otherwise },
    }));
    storage.appliance.resetCounters();

    const lines: string[] = [];
    // An engine begins nothing more after a failure, so what it does at once is all that it tells of.
    for (let at = 0; at < unlike.length; at += AT_ONCE) {
      const refused = await storage.stack(unlike.slice(at, at + AT_ONCE)).up({ skipPreview: true });
      expect(refused.ok).toBe(false);
      lines.push(...errors(refused).map((message) => /^ {2}(pulumi import .*)$/m.exec(message)?.[1] ?? message));
    }

    expect(storage.appliance.counters.writes).toBe(0);
    expect(lines.sort()).toEqual(
      strangers
        .map(
          ({ id, resource: { type, name } }) =>
            `pulumi import truenas:index:${type} ${quoted(name)} ${quoted(id)} ` +
            `--provider '${PROVIDER.name}=${PROVIDER.urn}' --parent '${PARENT.name}=${PARENT.urn}'`,
        )
        .sort(),
    );
    const stack = storage.stack(unlike);
    if (stack instanceof Stack) expectFine(await stack.import(...lines.map(requestOf)));
    else for (const line of lines) expect(await stack.line(line)).toMatchObject({ ok: true });

    const resources = strangers.map(({ resource }) => resource);
    const up = await storage.stack(resources).up({ skipPreview: true });
    expectFine(up);
    expect(deeds(up)).toEqual([]);
    expect(storage.appliance.counters.writes).toBe(0);
    expect(Object.keys(await storage.recorded())).toHaveLength(strangers.length);
  });
});

/** How many operations both engines begin together on the smallest machine. */
const AT_ONCE = 4;

/** What is as it is, or always there. */
const TAKEN_OVER = [
  "Pool",
  "FilesystemAcl",
  "Service",
  ...managed.filter(({ single, setter }) => single || setter).map((one) => `${one.type} ${one.id(one.stated("it"))}`),
];

/** What a program states otherwise than it is, so that nothing is taken for its own. */
const OTHERWISE: Readonly<Record<string, Values>> = {
  NfsShare: { ro: false },
  SmbShare: { readonly: true },
  SnapshotTask: { lifetimeValue: 4 },
  ScrubTask: { threshold: 7 },
};

function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

/** The words of a line as a shell reads them, in the terms of the lab's engine. */
function requestOf(line: string): ImportRequest {
  const [program, command, type = "", name = "", id = "", ...flags] = parse(line).map(wordOf);
  expect([program, command, flags[0], flags[2]]).toEqual(["pulumi", "import", "--provider", "--parent"]);

  return { type, name, id, provider: named(flags[1]), parent: named(flags[3]) };
}

function wordOf(entry: ParseEntry): string {
  if (typeof entry !== "string") throw new Error(`a shell would not take this as a word: ${JSON.stringify(entry)}`);

  return entry;
}

function named(word = ""): { name: string; urn: string } {
  const cut = word.indexOf("=");

  return { name: word.slice(0, cut), urn: word.slice(cut + 1) };
}
