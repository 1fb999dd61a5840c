import { appendFileSync, cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { SimulatedTrueNas, writeEndpoints } from "../../../lab/truenas/index.ts";
import { anAppliance, EIGHT_DISKS, temporaryDirectory } from "./support/appliance.ts";
import { connect } from "./support/ssh.ts";

async function continued(dir: string): Promise<SimulatedTrueNas> {
  const nas = await SimulatedTrueNas.start({ name: "nas", disks: EIGHT_DISKS }, { dir });
  onTestFinished(() => nas.stop());
  return nas;
}

const everything = [
  "pool.query",
  "pool.dataset.query",
  "pool.snapshot.query",
  "pool.snapshottask.query",
  "pool.scrub.query",
].concat(["sharing.nfs.query", "sharing.smb.query", "service.query"]);

async function inventory(nas: SimulatedTrueNas): Promise<unknown[]> {
  return [
    ...(await Promise.all(everything.map((method) => nas.call(method)))),
    await nas.call("filesystem.getacl", "/mnt/tank/a"),
  ];
}

async function furnished(nas: SimulatedTrueNas): Promise<void> {
  await nas.call("pool.dataset.create", {
    name: "tank/a",
    share_type: "SMB",
    quota: 1024 ** 3,
    user_properties: [{ key: "a:b", value: "ü" }],
  });
  await nas.call("pool.snapshot.create", { dataset: "tank/a", name: "s" });
  await nas.call("pool.snapshottask.create", { dataset: "tank/a" });
  await nas.call("sharing.nfs.create", { path: "/mnt/tank/a", networks: ["10.0.0.0/24"] });
  await nas.call("sharing.smb.create", { name: "a", path: "/mnt/tank/a" });
  await nas.call("service.control", "START", "nfs");
}

test("everything survives a stop and a start", async () => {
  const dir = await temporaryDirectory();
  const first = await SimulatedTrueNas.start({ name: "nas", disks: EIGHT_DISKS }, { dir });
  await first.call("pool.create", { name: "tank", topology: { data: [{ type: "MIRROR", disks: ["sda", "sdb"] }] } });
  await furnished(first);
  const before = await inventory(first);
  await first.stop();

  const second = await continued(dir);

  expect(await inventory(second)).toEqual(before);
  expect(readFileSync(join(dir, "state.log"), "utf8")).toBe("");
});

test("whatever was answered survives a process that is killed", async () => {
  const dir = await temporaryDirectory();
  const nas = await anAppliance({}, { dir });
  await furnished(nas);
  const before = await inventory(nas);
  const copy = join(await temporaryDirectory(), "copy");
  cpSync(dir, copy, { recursive: true });

  appendFileSync(join(copy, "state.log"), '[["datasets","tank/torn",{"id":"tank/to');
  const second = await continued(copy);

  expect(await inventory(second)).toEqual(before);
});

test("numbers are not handed out again", async () => {
  const dir = await temporaryDirectory();
  const first = await anAppliance({}, { dir });
  const one = (await first.call("pool.snapshottask.create", { dataset: "tank" })) as { id: number };
  await first.call("pool.snapshottask.delete", one.id);
  const copy = join(await temporaryDirectory(), "copy");
  cpSync(dir, copy, { recursive: true });

  const second = await continued(copy);
  const two = (await second.call("pool.snapshottask.create", { dataset: "tank" })) as { id: number };

  expect([one.id, two.id]).toEqual([1, 2]);
});

test("jobs are forgotten and numbered from 1 again", async () => {
  const nas = await anAppliance();
  const shell = await connect(nas);

  nas.faults.restartMiddleware();

  expect((await shell.call("core.get_jobs")).stdout).toBe("[]\n");
  expect((await shell.call("filesystem.setperm", { path: "/mnt/tank", mode: "700" })).stdout).toBe("1\n");
});

test("the directory holds the state, its key, both keys of SSH and nothing else", async () => {
  const dir = await temporaryDirectory();
  await anAppliance({}, { dir });

  expect(readdirSync(dir).sort()).toEqual(["client_key", "host_key", "state.json", "state.key", "state.log"]);
});

test("writes the endpoints that a provider is pointed at", async () => {
  const dir = await temporaryDirectory();
  const nas = await anAppliance({}, { dir: join(dir, "nas") });

  await writeEndpoints(join(dir, "endpoints.json"), { "192.168.0.20": nas });

  expect(JSON.parse(readFileSync(join(dir, "endpoints.json"), "utf8"))).toEqual({
    "192.168.0.20": {
      host: "127.0.0.1",
      port: nas.endpoint.port,
      user: "root",
      hostKey: nas.endpoint.hostKey,
      privateKeyFile: "nas/client_key",
    },
  });
});

test("an appliance made anew under its old name is another one: its pool is not taken for the one that is lost", async () => {
  const guidAt = async (now: string) => {
    const dir = await temporaryDirectory();
    const nas = await SimulatedTrueNas.start({ name: "nas", disks: EIGHT_DISKS }, { dir, now: new Date(now) });
    onTestFinished(() => nas.stop());
    const topology = { data: [{ type: "MIRROR", disks: ["sda", "sdb"] }] };
    return ((await nas.call("pool.create", { name: "tank", topology })) as { guid: string }).guid;
  };

  expect(await guidAt("2026-11-02T00:00:00Z")).not.toBe(await guidAt("2026-11-01T00:00:00Z"));
});
