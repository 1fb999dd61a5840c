import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applianceOf, declaredStack } from "../../../ops/declared/stack.ts";
import { liveImpacts } from "../../../ops/plan/live.ts";
import { renderLive } from "../../../ops/plan/live-text.ts";
import type { Status } from "../../../ops/verify/finding.ts";
import { type Verification, verify } from "../../../ops/verify/verification.ts";
import { parseSite } from "../../../src/site/index.ts";
import { datasetIn, type SiteYaml, siteOf } from "../../support/site-yaml.ts";
import { World } from "../../support/world.ts";

const DAY = 86_400_000;

const declaredDev = (written: SiteYaml) =>
  declaredStack("dev", { file: "Pulumi.dev.yaml", site: parseSite(written), written });

describe("the playbook on a site that was just applied", () => {
  const yaml = siteOf("dev");
  const world = new World("lab");

  beforeAll(() => world.settle(yaml));
  afterAll(() => world.close());

  const verified = async (of: SiteYaml = yaml): Promise<Verification> =>
    verify(await declaredDev(of), {
      environment: { endpointsFile: world.endpoints, callTimeout: 30 },
      privateKeys: new Map(),
    });

  const told = ({ verdicts }: Verification, ...statuses: Status[]): string[] =>
    verdicts
      .filter(({ status }) => statuses.includes(status))
      .map(({ status, check, appliance, subject, found }) => `${status} ${check} ${appliance} ${subject}: ${found}`);

  test("finds everything in order, within its budget of processes", async () => {
    for (const name of ["nas", "vault"]) world.appliance(name).resetCounters();
    const declared = await declaredDev(yaml);
    const verification = await verified();

    expect(told(verification, "failed", "skipped", "waiting")).toEqual([]);
    expect(verification.ok).toBe(true);
    for (const name of ["nas", "vault"]) {
      const { counters } = world.appliance(name);
      expect(counters.writes).toBe(0);
      expect(counters.sshConnections).toBe(1);
      const { objects } = applianceOf(declared, name);
      const kinds = new Set(objects.map(({ kind }) => kind)).size;
      const repositories = objects.filter(({ kind }) => kind === "CloudBackup").length;
      expect(counters.midcltProcesses).toBeLessThanOrEqual(kinds + repositories + 6);
    }
  });

  test("says what somebody has changed, switched off or deleted", async () => {
    const nas = world.appliance("nas");
    await nas.call("pool.dataset.update", "tank/photos", { recordsize: "128K", quota: 2e11 });
    await nas.call("pool.dataset.delete", "tank/scans");
    await nas.call("service.control", "STOP", "cifs", {});
    await nas.call("nfs.update", { bindip: ["198.51.100.20"] });
    nas.faults.degradedPool("tank", "TANK-02");

    const detail =
      "One or more devices could not be opened. Sufficient replicas exist for the pool to continue functioning in a degraded state.";
    const failed = told(await verified(), "failed").filter((line) => !line.includes("no-alert-stands"));
    expect(failed).toEqual([
      "failed object-is-as-declared nas Dataset tank/photos: recordsize 128K, quota 200000000000",
      "failed object-is-as-declared nas Dataset tank/scans: not there",
      'failed object-is-as-declared nas NfsConfig nfs: bindip ["198.51.100.20"]',
      `failed pool-is-healthy nas tank: DEGRADED: ${detail}; TANK-02: UNAVAIL`,
      "failed service-runs nas cifs: STOPPED, starts on boot",
      ...["flash/apps/cache", "flash/apps/config", "tank/media", "tank/photos"].map(
        (path) => `failed share-is-served nas NfsShare ${path}: listens on 198.51.100.20 only, not in 192.0.2.0/24`,
      ),
      "failed share-is-served nas SmbShare documents: cifs does not run",
      "failed share-is-served nas SmbShare media: cifs does not run",
    ]);
  });

  test("says what has grown old since nothing runs any more", async () => {
    const nas = world.appliance("nas");
    await nas.clock.advance(8 * DAY);
    for (const kind of ["replication", "cloud_backup", "pool.snapshottask", "pool.scrub"])
      for (const { id } of (await nas.call(`${kind}.query`)) as { id: number }[])
        await nas.call(`${kind}.update`, id, { enabled: false });
    await nas.clock.advance(10 * DAY);

    const failed = told(await verified(), "failed");
    const alerts = failed.filter((line) => line.includes("no-alert-stands nas VolumeStatus"));
    expect(alerts).toEqual([
      expect.stringMatching(/: CRITICAL since \S+ \S+: Pool tank state is DEGRADED: .* TANK-02 is UNAVAIL$/),
    ]);
    const late = failed.filter((line) => line.includes("-is-recent"));
    expect(late.map((line) => line.replace(/ of .* ago/, ""))).toEqual([
      "failed scrub-is-recent nas flash: scrub",
      "failed scrub-is-recent nas tank: scrub",
      "failed snapshot-is-recent nas flash/apps@hourly: snapshot (3 of 3 datasets: flash/apps, flash/apps/config, flash/apps/volumes)",
      ...["configuration", "documents", "media", "photos"].map(
        (name) => `failed snapshot-is-recent nas tank/${name}@daily: snapshot`,
      ),
      "failed replication-is-recent nas apps hourly: copy",
      ...["media", "documents", "photos", "configuration"].map(
        (name) => `failed replication-is-recent nas ${name} daily: copy`,
      ),
      ...["config", "documents", "photos", "configuration"].map(
        (name) => `failed offsite-copy-is-recent nas ${name}: state`,
      ),
    ]);
  });

  test("the configuration of the vault has left the house meanwhile, with that of the appliance which it copies", async () => {
    const nas = world.appliance("nas");
    const [task] = (await nas.call("cloud_backup.query", [["description", "=", "configuration"]])) as { id: number }[];
    const inside = async (folder: string) => {
      const rows = await nas.call("cloud_backup.list_snapshot_directory", task?.id, "latest", folder);
      return (rows as { name: string }[]).map(({ name }) => name);
    };

    expect(await inside("/")).toContain("vault");
    expect((await inside("/vault")).filter((name) => /^vault-\d{4}-\d\d-\d\d[.]tar[.]cms$/.test(name))).not.toEqual([]);
  });

  test("the plan says what the next up would do to the snapshots that are there", async () => {
    const changed = siteOf("dev");
    Object.assign(changed.snapshotTiers?.["hourly"] ?? {}, { lifetime: "72 hours" });
    delete datasetIn(changed, "nas", "tank", "media").snapshots;
    delete changed.replications?.["media"];
    const environment = { endpointsFile: world.endpoints, callTimeout: 30 };
    const found = await liveImpacts(await declaredDev(changed), { environment, privateKeys: new Map() });

    expect(renderLive(found).split("\n")).toEqual([
      "Snapshots that the next up would change",
      "  nas flash/apps@hourly-%Y-%m-%d_%H-%M",
      "      144 existing snapshots of flash/apps change their expiry: 144 are kept 72 HOUR instead of 48 HOUR",
      "  nas tank/media@daily-%Y-%m-%d_%H-%M",
      "      the task is not declared: once it is removed, 8 existing snapshots go on the day on which they were to go",
      "  vault: none",
    ]);
  });

  test("waits for what is not there yet, and fails where what should be there does not answer", async () => {
    const away = siteOf("dev");
    Object.assign(away.hosts["beta"] ?? {}, { state: "offline", reason: "awaiting its switch" });

    const { objects } = applianceOf(await declaredDev(yaml), "vault");
    expect(told(await verified(away), "waiting")).toContain(
      `waiting appliance-answers vault vault: beta is offline: awaiting its switch; ${objects.length} objects wait`,
    );

    await world.appliance("vault").stop();
    const [unreached] = told(await verified(), "failed").filter((line) => line.includes("vault"));
    expect(unreached).toMatch(/^failed appliance-answers vault vault: vault: 127[.]0[.]0[.]1:\d+ cannot be reached/);
  });
});
