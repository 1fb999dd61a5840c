import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { SimulatedHost } from "../../lab/hosts/index.ts";
import { factsFrom } from "../../ops/inspect/host-facts.ts";
import { renderFacts } from "../../ops/inspect/render.ts";
import { run } from "../support/command-line.ts";

const FACTS = [
  "hostKey ssh-ed25519 AAAA",
  'pci [{"id":"0000:03:00.0","class":"0x010700","vendor":"0x1000","device":"0x0072","subsystem_vendor":"0x1000","subsystem_device":"0x30d0","iommugroup":28,"device_name":"SAS2008"},{"id":"0000:81:00.0","class":"0x010802","vendor":"0x144d","device":"0xa808","iommugroup":40}]',
  "bootDisk NVME-1 0000:81:00.0",
].join("\n");

test("an inspection prints the lines of the site, without the cards that the host itself needs", () => {
  expect(renderFacts("din", factsFrom(FACTS)).split("\n").slice(0, 12)).toEqual([
    'ssh: { network: lan, hostKey: "ssh-ed25519 AAAA" }',
    "# Keep the cards that a machine is to have, and give them names.",
    "devices:",
    "  din-03-00-0:",
    "    kind: disks",
    '    address: "0000:03:00.0"',
    '    id: "1000:0072"',
    '    subsystem: "1000:30d0"',
    "    iommuGroup: 28",
    '    comment: "SAS2008"',
    "bootDisks:",
    '  - { serial: NVME-1, controller: "0000:81:00.0" }',
  ]);
});

test("a host is read by the script that is sent to it, and nothing is written there", async () => {
  const dir = mkdtempSync(join(tmpdir(), "inspect-"));
  const devices = [
    { address: "0000:03:00.0", id: "1000:0072", subsystem: "1000:30d0", iommuGroup: 28, driver: "mpt3sas" },
    { address: "0000:81:00.0", id: "144d:a808", driver: "nvme" },
  ];
  const disks = [{ name: "nvme0n1", serial: "NVME-1", controller: "0000:81:00.0", pool: "rpool" }];
  const host = await SimulatedHost.start({ name: "din", devices, disks }, dir);
  onTestFinished(async () => {
    await host.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const { port, privateKeyFile } = host.endpoint;
  const known = ["-o", "StrictHostKeyChecking=accept-new", "-o", `UserKnownHostsFile=${join(dir, "known_hosts")}`];
  const script = join(import.meta.dirname, "../../ops/inspect/read-host.sh");
  const ssh = ["ssh", "-p", String(port), "-i", privateKeyFile, ...known, "root@127.0.0.1", "sh -s"];

  const outcome = await run("sh", ["-c", `exec "$@" <"${script}"`, "sh", ...ssh]);

  const { hostKey, cards, bootDisks } = factsFrom(outcome.stdout);
  expect(hostKey).toBe(host.endpoint.hostKey);
  expect(cards.map(({ address, id, iommuGroup }) => [address, id, iommuGroup])).toEqual([
    ["0000:03:00.0", "1000:0072", 28],
    ["0000:81:00.0", "144d:a808", -1],
  ]);
  expect(bootDisks).toEqual([{ serial: "NVME-1", controller: "0000:81:00.0" }]);
  expect(host.tools.filter((line) => !/^(hostname|pvesh get|zpool status|lsblk)/.test(line))).toEqual([]);
});
