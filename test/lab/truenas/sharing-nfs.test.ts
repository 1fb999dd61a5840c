import { describe, expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance, refusal } from "./support/appliance.ts";

async function withDataset(): Promise<SimulatedTrueNas> {
  const nas = await anAppliance({ hostnames: { "worker.lan": "10.0.0.7" } });
  await nas.call("pool.dataset.create", { name: "tank/a" });
  return nas;
}

const path = "/mnt/tank/a";

test("a share comes back with every field and its networks normalised", async () => {
  const nas = await withDataset();

  const share = await nas.call("sharing.nfs.create", {
    path,
    networks: ["10.0.0.5/24", "192.168.1.7"],
    hosts: ["worker.lan"],
    mapall_user: "apps",
  });

  expect(share).toEqual({
    id: 1,
    path,
    aliases: [],
    comment: "",
    networks: ["10.0.0.0/24", "192.168.1.7/32"],
    hosts: ["worker.lan"],
    ro: false,
    maproot_user: null,
    maproot_group: null,
    mapall_user: "apps",
    mapall_group: null,
    security: [],
    enabled: true,
    expose_snapshots: false,
    locked: false,
  });
});

test("update changes what was sent and checks the whole", async () => {
  const nas = await withDataset();
  await nas.call("sharing.nfs.create", { path, networks: ["10.0.0.0/24"], maproot_user: "root" });

  const share = await nas.call("sharing.nfs.update", 1, { ro: true, networks: ["10.0.0.0/24", "10.1.0.0/16"] });

  expect(share).toMatchObject({ id: 1, ro: true, networks: ["10.0.0.0/24", "10.1.0.0/16"], maproot_user: "root" });
  expect(await refusal(nas, "sharing.nfs.update", 1, { mapall_user: "apps" })).toBe(
    "[EINVAL] sharingnfs_update.mapall_user: maproot_user disqualifies mapall_user\n",
  );
  expect(await refusal(nas, "sharing.nfs.update", 7, {})).toBe("[ENOENT] None: SharingNFS 7 does not exist");
});

describe("refuses", () => {
  test.each([
    [{ path: "/srv/a" }, "[EINVAL] sharingnfs_create.path: The path must reside within a pool mount point\n"],
    [{ path: "/mnt/tank/none" }, "[ENOENT] Path /mnt/tank/none not found"],
    [
      { networks: ["10.0.0.0/24", "10.0.0.0/24"] },
      "[EINVAL] sharingnfs_create.networks: Entries must be unique, the following are not: 10.0.0.0/24\n",
    ],
    [
      { networks: ["10.0.0.0/24", "10.0.0.9/32"] },
      "[EINVAL] sharingnfs_create.networks: ERROR - Overlapped subnets: [('10.0.0.0/24', '10.0.0.9/32')]\n",
    ],
    [
      { networks: ["lan"] },
      "[EINVAL] sharingnfs_create.networks: The following do not appear to be valid IPv4 or IPv6 networks: lan\n",
    ],
    [
      { networks: ["0.0.0.0/0"] },
      "[EINVAL] sharingnfs_create.networks: Do not use 0.0.0.0/0 to represent all-networks.  No entry is required to configure 'allow everybody'.  Please remove 0.0.0.0/0.\n",
    ],
    [{ hosts: ["my host"] }, "[EINVAL] sharingnfs_create.hosts: Cannot contain spaces or quotes: my host\n"],
    [{ hosts: ["unknown.lan"] }, "[EINVAL] sharingnfs_create.hosts: Unable to resolve host 'unknown.lan'\n"],
    [{ mapall_user: "nosuch" }, "[EINVAL] sharingnfs_create.mapall_user: User not found: nosuch\n"],
    [
      { mapall_group: "apps" },
      "[EINVAL] sharingnfs_create.mapall_user: This field is required when map group is specified\n",
    ],
    [
      { maproot_user: "root", maproot_group: "nosuch" },
      "[EINVAL] sharingnfs_create.maproot_group: Group not found: nosuch\n",
    ],
    [
      { maproot_user: "root", mapall_user: "apps" },
      "[EINVAL] sharingnfs_create.mapall_user: maproot_user disqualifies mapall_user\n",
    ],
    [
      { expose_snapshots: true },
      "[EINVAL] sharingnfs_create.expose_snapshots: This is an enterprise feature and may not be enabled without a valid license.\n",
    ],
    [{ security: ["sys"] }, "[EINVAL] data.security.0: Input should be 'SYS', 'KRB5', 'KRB5I' or 'KRB5P'\n"],
    [{ paths: [path] }, "[EINVAL] data.paths: Extra inputs are not permitted\n"],
    [
      { ro: "yes", enabled: 1 },
      "[EINVAL] data.ro: Input should be a valid boolean\n[EINVAL] data.enabled: Input should be a valid boolean\n",
    ],
  ])("%j", async (fields, message) => {
    const nas = await withDataset();

    expect(await refusal(nas, "sharing.nfs.create", { path, ...fields })).toBe(message);
  });

  test.each([
    [
      { networks: ["10.0.0.0/24"] },
      "networks: ERROR - Another NFS share already exports /mnt/tank/a for network 10.0.0.0/24\n",
    ],
    [
      { networks: ["10.0.0.0/16"] },
      "networks: ERROR - This or another NFS share exports /mnt/tank/a to 10.0.0.0/24 and overlaps network 10.0.0.0/16\n",
    ],
    [{ hosts: ["10.9.9.9"] }, "hosts: ERROR - Another NFS share already exports /mnt/tank/a for host 10.9.9.9\n"],
  ])("what another share of the path covers already: %j", async (fields, message) => {
    const nas = await withDataset();
    await nas.call("sharing.nfs.create", { path, networks: ["10.0.0.0/24"], hosts: ["10.9.9.9"] });

    expect(await refusal(nas, "sharing.nfs.create", { path, ...fields })).toContain(message);
  });

  test("networks beside a share of the path that is open to all", async () => {
    const nas = await withDataset();
    await nas.call("sharing.nfs.create", { path });

    expect(await refusal(nas, "sharing.nfs.create", { path, networks: ["10.0.0.0/24"] })).toContain(
      "exports /mnt/tank/a to 0.0.0.0/0 and overlaps network 10.0.0.0/24",
    );
  });
});
