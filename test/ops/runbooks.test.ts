import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runbooks } from "../../ops/runbooks/all.ts";
import { parseSite } from "../../src/site/index.ts";
import { folder, run } from "../support/command-line.ts";
import { smallSite } from "../support/invalid-sites.ts";
import { writtenSite } from "../support/stack-site.ts";

const FOLDER = new URL("../../docs/runbooks/prod/", import.meta.url);
const prod = runbooks("prod", parseSite(writtenSite("prod")));
const sites = {
  prod,
  dev: runbooks("dev", parseSite(writtenSite("dev"))),
  small: runbooks("small", parseSite(smallSite())),
};
const pages = Object.entries(sites).flatMap(([stack, files]) =>
  Object.entries(files).map(([file, text]) => ({ name: `${stack}/${file}`, text })),
);

describe("the runbooks of prod", () => {
  test("are those that the site gives; if not, run npm run runbooks -- --stack prod", () => {
    const committed = readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), "utf8")]);

    expect(Object.fromEntries(committed)).toEqual(prod);
  });

  test("tell what to do after every loss that the documents name, and how to begin", () => {
    expect(Object.keys(prod).sort()).toEqual([
      "README.md",
      "appliance-configuration.md",
      "appliance-installation.md",
      "dataset-deleted.md",
      "everything-lost.md",
      "install-truenas-backup.md",
      "install-truenas-primary.md",
      "lost-din.md",
      "lost-grogu.md",
      "lost-pool-bulk-of-truenas-primary.md",
      "lost-pool-fast-of-truenas-primary.md",
      "passphrase-lost.md",
      "pool-creation.md",
      "protection.svg",
      "recovery-sheet.html",
      "replication-setup.md",
      "restic-by-hand.md",
      "state-backend.md",
    ]);
  });

  test("say what a loss costs now, and what it will cost once every machine is there", () => {
    const text = prod["lost-din.md"] ?? "";
    const [now = "", later = ""] = text.split("**Once grogu is there:**");

    expect(now).toContain("- `fast/kubernetes/iscsi-zvols` (authoritative, up to 6 TB)");
    expect(later).toContain(
      "| `fast/kubernetes/iscsi-zvols` | `truenas-backup/backup` (replication kubernetes) | 1 h |",
    );
  });

  test("tell for each appliance what it is installed on, and which card has which address", () => {
    const rows = (text = "") => text.split("\n").filter((line) => line.startsWith("| "));

    expect(rows(prod["install-truenas-backup.md"])).toEqual([
      "| what | value |",
      "| machine | virtual machine 301 of grogu |",
      "| release | 25.10 |",
      "| installer | https://download.sys.truenas.net/TrueNAS-SCALE-Goldeye/25.10.6/TrueNAS-SCALE-25.10.6.iso |",
      "| processor and memory | 4 cores, 32 GiB |",
      "| system disk | the one of 32 GiB by QEMU, which is `scsi0` on `local-zfs` |",
      "| passed through, never a system disk | `grogu-sas` at 0000:03:00.0: LSI SAS controller, the MD1200 shelf with backup |",
      "| administrator | `truenas_admin` |",
      "| network | VLAN | MAC address | address | MTU | default gateway |",
      "| storage | 10 | `BC:24:11:00:12:D0` | 10.10.10.21/24 | 9000 | none |",
      "| lan (managed over it) | 20 | `BC:24:11:00:12:D1` | 192.168.0.21/24 | 1500 | 192.168.0.1 |",
    ]);
    expect(rows(sites.small["install-nas.md"])).toContain("| system disk | the machine's own; none of a pool |");
  });

  test.each(["truenas-primary", "truenas-backup"])(
    "say what to write of %s, before it is installed and after",
    (name) => {
      const text = prod[`install-${name}.md`] ?? "";
      const [before, after] = ["false", "true"].map((said) => text.indexOf(`appliances.${name}.installed: ${said}`));

      expect(before).toBeGreaterThan(0);
      expect(after).toBeGreaterThan(text.indexOf(`appliances.${name}.ssh.hostKey`));
      expect(text.indexOf("hosts.grogu.state: online") > 0).toBe(name === "truenas-backup");
    },
  );

  test("bring a single dataset back without touching what lies beside it", () => {
    const requests = [...(prod["dataset-deleted.md"] ?? "").matchAll(/run_onetime '(.*)'$/gm)].map(([, json = ""]) =>
      JSON.parse(json.replace("'$CONNECTION'", "1")),
    );

    expect(
      requests.map(({ source_datasets, target_dataset, recursive }) => [source_datasets, target_dataset, recursive]),
    ).toEqual([
      [["backup/kubernetes/iscsi-zvols"], "fast/kubernetes/iscsi-zvols", true],
      [["backup/kubernetes/nfs-dynamic"], "fast/kubernetes/nfs-dynamic", true],
      [["backup/kubernetes/nfs-static"], "fast/kubernetes/nfs-static", false],
      [["backup/vms"], "fast/vms", false],
      [["backup/photos"], "bulk/photos", false],
      [["backup/configuration"], "bulk/backups/configuration", false],
    ]);
  });
});

describe("every runbook", () => {
  test.each(pages)("$name leads only to pages that exist", ({ name, text }) => {
    const [stack = ""] = name.split("/");
    const links = [...text.matchAll(/\]\(([a-z0-9-]+\.(?:md|html))\)/g)].map(([, file]) => file);

    expect(links.filter((file) => file && !(file in (sites[stack as keyof typeof sites] ?? {})))).toEqual([]);
  });

  test("on an older release calls snapshots as that release does", () => {
    const site = parseSite(JSON.parse(JSON.stringify(smallSite()).replaceAll('"25.10"', '"25.04"')));

    expect(runbooks("small", site)["dataset-deleted.md"]).toContain("midclt call zfs.snapshot.rollback");
  });
});

describe("the recovery sheet", () => {
  test("names every secret of the site, also of machines that are not there, and holds none", () => {
    const sheet = prod["recovery-sheet.html"] ?? "";
    const named = [...sheet.matchAll(/config get (homelab:\S+)/g)].map(([, key]) => key);

    expect(named).toContain("homelab:sshKey-truenas-primary");
    expect(named).toContain("homelab:sshKey-truenas-backup");
    expect(named).toContain("homelab:offsiteKey-photos");
    expect(sheet).toContain("endswith(&quot;::truenas-primary/photos&quot;)");
    expect(sheet).toContain("s3:https://s3.eu-central-003.backblazeb2.com/homelab-photos/photos");
    expect(sheet).not.toMatch(/BEGIN |made-up|K00\d/);
  });
});

describe("npm run runbooks", () => {
  test("writes them where it is told", async () => {
    const dir = folder();
    const { status, stdout } = await run(process.execPath, ["ops/runbooks.ts", "--stack", "dev", "--out", dir]);

    expect([status, stdout]).toEqual([0, `wrote ${readdirSync(dir).length} files to ${dir}\n`]);
    expect(readFileSync(`${dir}/README.md`, "utf8")).toBe(sites.dev["README.md"]);
  });

  test("ends with 2 where it was called wrongly", async () => {
    const { status, stderr } = await run(process.execPath, ["ops/runbooks.ts"]);

    expect([status, stderr]).toEqual([2, "error: required option '--stack <name>' not specified\n"]);
  });
});
