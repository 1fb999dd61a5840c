import { afterAll, beforeAll, expect, test } from "vitest";
import type { Run } from "../../lab/engine/index.ts";
import { leaving, objectOf } from "../support/declared-objects.ts";
import { underEveryEngine } from "../support/engines.ts";
import { datasetIn, removeDataset, type SiteYaml, siteOf } from "../support/site-yaml.ts";
import { expectFine, World } from "../support/world.ts";

const MEGABYTE = 1e6;
const APPLIANCES = ["nas", "vault"];
/** For changes that the policies would refuse for what the data loses; here it is what becomes of the data itself. */
const UNJUDGED = { policyPacks: [] };

function urn(kind: string, name: string): string {
  return `urn:pulumi:story::homelab::homelab:storage:TrueNas$truenas:index:${kind}::${name}`;
}

/** What a run did to which object; what stays as it is is left out. */
function deeds(run: Run): string[] {
  return run.steps
    .filter(({ op, type }) => op !== "same" && type.startsWith("truenas:"))
    .map((step) => `${step.op} ${objectOf(step)}`)
    .sort();
}

/** Takes out what carries data away, and what tries copies. */
function withoutCopies(site: SiteYaml): void {
  delete site.replications;
  delete site.offsites;
  delete site.restoreTests;
  delete site.configurationCopies;
}

/** What lives in the middleware alone, and is deleted with its lines. */
const IN_THE_MIDDLEWARE = [
  ...["NfsShare", "SmbShare", "SnapshotTask", "ScrubTask", "CronJob", "User", "AlertService"],
  ...["SshKeyPair", "SshConnection", "ReplicationTask", "CloudCredential", "CloudBackup"],
];

/** The errors of a run as `resource: message`. */
function errors(run: Run): string[] {
  return run.diagnostics
    .filter((diagnostic) => diagnostic.severity === "error" && diagnostic.urn?.includes("truenas:index:"))
    .map((diagnostic) => `${diagnostic.urn?.split("::").at(-1)}: ${diagnostic.message}`);
}

underEveryEngine("changes of the dev site", (engine) => {
  let world: World;
  let site: SiteYaml;
  const change = (deed: (changed: SiteYaml) => void): SiteYaml => {
    const changed = structuredClone(site);
    deed(changed);
    return changed;
  };
  const writes = () => APPLIANCES.map((label) => world.appliance(label).counters.writes);
  const resetCounters = () => {
    for (const label of APPLIANCES) world.appliance(label).resetCounters();
  };
  const nothingWritten = async (deed: () => Promise<void>) => {
    resetCounters();
    const before = await world.stack(site).state();
    await deed();
    expect(writes()).toEqual([0, 0]);
    expect(await world.stack(site).state()).toEqual(before);
  };
  const usedBy = async (label: string, dataset: string) => {
    const rows = (await world.appliance(label).call("pool.dataset.query", [["id", "=", dataset]])) as {
      usedbydataset: { parsed: number };
    }[];
    return rows.map(({ usedbydataset }) => usedbydataset.parsed);
  };
  const client = (path: string) =>
    world.appliance("nas").client({ protocol: "nfs", path, address: "192.0.2.50", uid: 1000, gid: 1000 });

  beforeAll(async () => {
    world = new World(engine);
    site = siteOf("dev");
    await world.settle(site);
    client("/mnt/tank/photos").write(5 * MEGABYTE);
    world
      .appliance("nas")
      .client({ protocol: "smb", share: "documents", address: "198.51.100.50", user: "alice" })
      .write(3 * MEGABYTE);
    world
      .appliance("nas")
      .client({ protocol: "smb", share: "media", address: "198.51.100.50", user: "alice" })
      .write(7 * MEGABYTE);
  });
  afterAll(() => world.close());

  test("without a change, an update connects to nobody and writes nothing", async () => {
    resetCounters();
    const run = await world.stack(site).up({ skipPreview: true });

    expectFine(run);
    expect(deeds(run)).toEqual([]);
    for (const label of APPLIANCES) {
      expect(world.appliance(label).counters).toEqual({
        sshConnections: 0,
        midcltProcesses: 0,
        middlewareCalls: 0,
        writes: 0,
      });
    }
  });

  test("one changed quota is one update and one write", async () => {
    site = change((changed) => {
      datasetIn(changed, "nas", "tank", "scratch").quota = "14 GB";
    });
    resetCounters();
    const run = await world.stack(site).up({ skipPreview: true });

    expectFine(run);
    expect(deeds(run)).toEqual(["update Dataset nas/tank/scratch"]);
    expect(writes()).toEqual([1, 0]);
    expect(world.appliance("nas").counters.sshConnections).toBe(1);
    expect(world.appliance("vault").counters.sshConnections).toBe(0);
  });

  test("a dataset that leaves is refused at preview, by name, and nothing is written", async () => {
    const without = change((changed) => removeDataset(changed, "nas", "tank", "scratch"));

    await nothingWritten(async () => {
      const run = await world.stack(without).preview();

      expect(run.ok).toBe(false);
      expect(errors(run)).toEqual([expect.stringMatching(/^nas\/tank\/scratch: .*cannot be deleted.*protected/s)]);
    });
  });

  test("so are all of the datasets that leave, with the pool that held them", async () => {
    const without = change((changed) => {
      withoutCopies(changed);
      const { pools } = changed.appliances["nas"] ?? {};
      delete pools?.["tank"];
    });

    await nothingWritten(async () => {
      const run = await world.stack(without).preview();

      const names = leaving(site, without).flatMap((object) => /^(?:Pool|Dataset|Zvol) (.*)$/.exec(object)?.[1] ?? []);
      const refused = errors(run).map((error) => error.split(":")[0]);
      // The official engine stops at the first.
      if (engine === "lab") expect(refused.sort()).toEqual(names.sort());
      else expect(names).toContain(refused[0]);
    });
  });

  test("a property that only a new dataset can have is refused at preview in the same way", async () => {
    const other = change((changed) => {
      datasetIn(changed, "nas", "tank", "scratch").properties = { casesensitivity: "INSENSITIVE" };
    });

    await nothingWritten(async () => {
      const run = await world.stack(other).preview();

      expect(run.ok).toBe(false);
      expect(errors(run)).toEqual([expect.stringMatching(/^nas\/tank\/scratch: .*replace.*protect/s)]);
      if (engine === "official") return;
      expect(run.steps.find(({ op }) => op === "replace")).toMatchObject({
        urn: urn("Dataset", "nas/tank/scratch"),
        diff: { casesensitivity: { kind: "add-replace" } },
      });
    });
  });

  test("an online host cannot become absent while its data is managed", async () => {
    const absent = change((changed) => {
      changed.hosts["beta"] = { ...changed.hosts["beta"], state: "offline", reason: "moving house" };
    });

    await nothingWritten(async () => {
      const run = await world.stack(absent).preview();

      expect(run.ok).toBe(false);
      expect(errors(run)[0]).toMatch(/^vault\/cold.*cannot be deleted.*protected/s);
    });
  });

  test("without the engine's protection, the provider refuses by itself and the data stays", async () => {
    const without = change((changed) => removeDataset(changed, "nas", "tank", "scratch"));
    await world.unprotect(site, urn("Dataset", "nas/tank/scratch"));

    resetCounters();
    const run = await world.stack(without).up();

    expect(run.ok).toBe(false);
    expect(errors(run)).toEqual([
      expect.stringContaining(
        'nas: dataset "tank/scratch" is not destroyed, because its onDestroy is not "destroy". To take it out, state retain for it and run up, then delete the line and run up again: the data stays',
      ),
    ]);
    expect(writes()).toEqual([0, 0]);
    expect(await usedBy("nas", "tank/scratch")).toHaveLength(1);
    const after = await world.stack(site).preview();
    expectFine(after);
    expect(deeds(after)).toEqual([]);
  });

  test("a share and a snapshot task that leave are deleted, and the data is left alone", async () => {
    const before = await usedBy("nas", "tank/documents");
    site = change((changed) => {
      delete changed.replications?.["documents"];
      for (const test of ["documents", "documents-beside"]) delete changed.restoreTests?.[test];
      const documents = datasetIn(changed, "nas", "tank", "documents");
      delete documents.snapshots;
      delete documents.access;
    });

    resetCounters();
    const run = await world.stack(site, UNJUDGED).up({ skipPreview: true });

    expectFine(run);
    expect(deeds(run)).toEqual([
      "delete ReplicationTask nas/documents",
      "delete SmbShare nas/documents",
      "delete SnapshotTask nas/tank/documents@daily",
    ]);
    expect(writes()).toEqual([3, 0]);
    expect(await usedBy("nas", "tank/documents")).toEqual(before);
    expect(before[0]).toBeGreaterThan(3 * MEGABYTE);
    expect(() =>
      world
        .appliance("nas")
        .client({ protocol: "smb", share: "documents", address: "198.51.100.50", user: "alice" })
        .read(),
    ).toThrow("there is no share documents");
  });

  test("what is retained first can leave: a dataset, or a whole appliance; its data stays where it is", async () => {
    const before = await usedBy("nas", "tank/media");
    site = change((changed) => {
      datasetIn(changed, "nas", "tank", "media").onDestroy = "retain";
      const cold = changed.appliances["vault"]?.pools["cold"];
      const copies = Object.values(changed.offsites ?? {});
      for (const held of [cold, ...copies, ...Object.values(cold?.datasets ?? {})]) if (held) held.onDestroy = "retain";
    });
    resetCounters();
    const retained = await world.stack(site, UNJUDGED).up({ skipPreview: true });
    expectFine(retained);
    expect(writes()).toEqual([0, 0]);

    const kept = site;
    site = change((changed) => {
      withoutCopies(changed);
      removeDataset(changed, "nas", "tank", "media");
      delete changed.appliances["vault"];
      delete changed.hosts["beta"];
    });
    const run = await world.stack(site, UNJUDGED).up({ skipPreview: true });

    expectFine(run);
    const gone = leaving(kept, site);
    expect(gone).toEqual(expect.arrayContaining(["Dataset nas/tank/media", "Pool vault/cold"]));
    expect(deeds(run)).toEqual(gone.map((object) => `delete ${object}`));
    const rows = (label: string) =>
      gone.filter((object) => IN_THE_MIDDLEWARE.includes(object.split(" ")[0] ?? "") && object.includes(` ${label}/`));
    expect(writes()).toEqual(APPLIANCES.map((label) => rows(label).length));
    expect(await usedBy("nas", "tank/media")).toEqual(before);
    expect(before[0]).toBeGreaterThan(7 * MEGABYTE);
    expect(await usedBy("vault", "cold/copies/photos")).toHaveLength(1);
  });
});
