import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refusal } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

let site: Site;
beforeEach(async () => {
  site = await Site.start({}, { TRUENAS_CALL_TIMEOUT: "1" });
  await site.makePool("tank");
});
afterEach(async () => {
  await site.stop();
});

describe("an appliance", () => {
  test("that opens no channel on a connection that stands", async () => {
    site.appliance.faults.refuseChannel({ times: Number.POSITIVE_INFINITY });

    expect(await refusal(site.plugin.create("Dataset", "a", { name: "tank/a" }))).toBe(
      "din: system.version_short got no answer: no channel could be opened ((SSH) Channel open failure: ); see that the appliance is well, and run again",
    );
    expect(site.appliance.counters.sshConnections).toBe(1);
  });

  test("that answers a bulk with something else than its results", async () => {
    await site.plugin.read("Dataset", "tank");
    site.appliance.faults.replyNotJson({ method: "core.bulk", text: "[]\n", times: 9 });
    const reads = [
      site.plugin.read("Pool", "tank"),
      site.plugin.read("Service", "nfs"),
      site.plugin.read("NfsShare", "/mnt/tank"),
    ];

    expect(await Promise.all(reads.map(refusal))).toEqual(
      reads.map(
        () =>
          "din: core.bulk got an answer that makes no sense: the bulk of 4 calls was not answered by a list of as many results; look at the appliance's middlewared log, and run again",
      ),
    );
  });

  test("is sent nothing more once the run is cancelled", async () => {
    const create = (name: string) => site.plugin.create("Dataset", name, { name: `tank/${name}` });
    await create("first");
    const before = site.appliance.counters.midcltProcesses;
    site.appliance.faults.slowCall({ method: "pool.dataset.create", ms: 900 });

    const underWay = create("under-way");
    await vi.waitFor(() => expect(site.appliance.counters.midcltProcesses).toBeGreaterThan(before));
    const waiting = refusal(create("waiting"));
    await site.plugin.read("Dataset", "tank");
    await site.plugin.cancel();

    const cancelled = "din: pool.dataset.create was not sent: the run was cancelled";
    expect(await waiting).toBe(cancelled);
    expect(await refusal(create("late"))).toBe(cancelled);
    expect((await underWay).id).toBe("tank/under-way");
  });

  test("keeps a dataset that has been written to", async () => {
    const inputs = { name: "tank/a", onDestroy: "destroy" };
    await site.plugin.create("Dataset", "a", inputs);
    await site.appliance.call("sharing.nfs.create", { path: "/mnt/tank/a", maproot_user: "root" });
    await site.appliance.call("service.control", "START", "nfs");
    const consumer = { protocol: "nfs", path: "/mnt/tank/a", address: "192.0.2.50", uid: 0, gid: 0 } as const;
    site.appliance.client(consumer).write(2 ** 20);
    expect(await refusal(site.plugin.delete("Dataset", "tank/a", inputs))).toMatch(
      /^din: dataset "tank\/a" is not destroyed, because it is not empty: it has 1\d{6} bytes of data\. To take it out, state retain for it and run up, then delete the line and run up again: the data stays$/,
    );
  });

  test("keeps a dataset whose files it cannot see", async () => {
    const inputs = { name: "tank/a", onDestroy: "destroy" };
    await site.plugin.create("Dataset", "a", inputs);
    site.appliance.faults.unmount("tank/a");

    expect(await refusal(site.plugin.delete("Dataset", "tank/a", inputs))).toBe(
      'din: dataset "tank/a" is not destroyed, because it is not mounted and what it holds cannot be seen; unlock or mount it first. To take it out, state retain for it and run up, then delete the line and run up again: the data stays',
    );
  });
});
