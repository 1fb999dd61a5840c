import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  ConfigurationCopyError,
  configurationCopyCommand,
  configurationCopyJob,
} from "../../../components/protection/configuration-copy.ts";
import { openConfiguration, World } from "../../../lab/truenas/index.ts";
import { anAppliance } from "../../lab/truenas/support/appliance.ts";
import { DAY, START } from "../../lab/truenas/support/cloud.ts";
import { CERTIFICATE, LONG_CERTIFICATE, PRIVATE_KEY } from "../../support/recovery-key.ts";

const copy = {
  appliance: "truenas-primary",
  directory: "/mnt/bulk/backups/configuration",
  certificate: CERTIFICATE,
  keep: 14,
};

const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
const PROGRAMS = ["openssl", "sqlite3", "tar", "base64", "mktemp"];
const scratch = mkdtempSync(join(tmpdir(), "configuration-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("the job fits into TrueNAS and carries no secret", () => {
  const job = configurationCopyJob(copy);

  expect(String(job.command).length).toBeLessThanOrEqual(1024);
  expect(job).toMatchObject({
    user: "root",
    schedule: { minute: "15", hour: "1" },
    hideStdout: true,
    hideStderr: false,
  });
  expect(job.description).toBe("Copy of the configuration of truenas-primary");
  expect(job.command).not.toContain("PRIVATE");
});

test("what cannot be written into the command is refused, with what to do", () => {
  const refused = (change: object) => {
    try {
      return configurationCopyCommand({ ...copy, ...change });
    } catch (error) {
      if (!(error instanceof ConfigurationCopyError)) throw error;
      return error.message;
    }
  };

  expect(refused({ appliance: "nas; reboot" })).toBe(
    '"nas; reboot" cannot begin the name of a copy; use letters, digits, dots and dashes',
  );
  expect(refused({ directory: "/mnt/o'brien" })).toContain(
    "use the mount point of a dataset below /mnt, without quotes",
  );
  expect(refused({ directory: "/root" })).toContain('cannot go to "/root"');
  expect(refused({ keep: 0 })).toBe("0 copies of the configuration of truenas-primary cannot stay; keep at least 1");
  expect(refused({ certificate: "none" })).toContain(
    'begins with "none" and is none in PEM; make one with\n  openssl req',
  );
  expect(refused({ certificate: LONG_CERTIFICATE })).toMatch(
    /has \d{4} characters and TrueNAS takes 1024; use a certificate with a short key, as this makes one:\n {2}openssl req/,
  );
});

describe.skipIf(!PROGRAMS.every(has))("the command under sh", () => {
  const data = join(scratch, "data");
  const into = join(scratch, "copies");
  mkdirSync(data);
  mkdirSync(into);
  const command = () =>
    configurationCopyCommand({ ...copy, directory: "/mnt/copies", keep: 3 })
      .replaceAll("/data", data)
      .replaceAll("'/mnt/copies'", `'${into}'`);

  test("puts database and seed into a file that only the private key opens, and keeps the last few", () => {
    execFileSync("sqlite3", [join(data, "freenas-v1.db"), "create table t (word); insert into t values ('settings')"]);
    writeFileSync(join(data, "pwenc_secret"), "seed of secrets");
    for (const day of ["2026-01-01", "2026-01-02", "2026-01-03"])
      writeFileSync(join(into, `truenas-primary-${day}.tar.cms`), "older");
    writeFileSync(join(into, "truenas-primary-2-2026-01-01.tar.cms"), "another appliance's");
    const temporary = join(scratch, "tmp");
    mkdirSync(temporary);

    execFileSync("sh", ["-c", command()], { env: { PATH: process.env["PATH"] ?? "", TMPDIR: temporary } });

    const today = `truenas-primary-${new Date().toISOString().slice(0, 10)}.tar.cms`;
    expect(readdirSync(into).sort()).toEqual([
      "truenas-primary-2-2026-01-01.tar.cms",
      "truenas-primary-2026-01-02.tar.cms",
      "truenas-primary-2026-01-03.tar.cms",
      today,
    ]);
    expect(readdirSync(temporary)).toEqual([]);
    expect(statSync(join(into, today)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(into, today)).includes("seed of secrets")).toBe(false);

    writeFileSync(join(scratch, "key.pem"), PRIVATE_KEY);
    const opened = ["cms", "-decrypt", "-inform", "DER", "-in", join(into, today), "-inkey", join(scratch, "key.pem")];
    execFileSync("openssl", [...opened, "-out", join(scratch, "copy.tar")]);
    execFileSync("tar", ["-xf", join(scratch, "copy.tar"), "-C", scratch]);
    expect(readFileSync(join(scratch, "pwenc_secret"), "utf8")).toBe("seed of secrets");
    const words = execFileSync("sqlite3", [join(scratch, "freenas-v1.db"), "select word from t"], { encoding: "utf8" });
    expect(words).toBe("settings\n");
  });

  test("fails, and leaves the copies alone, when there is nothing to copy or nowhere to put it", () => {
    const before = readdirSync(into);
    rmSync(join(data, "pwenc_secret"));
    expect(spawnSync("sh", ["-c", command()]).status).not.toBe(0);
    expect(readdirSync(into)).toEqual(before);
    expect(spawnSync("sh", ["-c", command().replaceAll(into, join(scratch, "none"))]).status).not.toBe(0);
  });
});

test("the simulated appliance carries the same command out, day by day", async () => {
  const world = new World({ now: START });
  const nas = await anAppliance({}, { world });
  await nas.call("pool.dataset.create", { name: "tank/configuration" });
  const { description, command } = configurationCopyJob({ ...copy, directory: "/mnt/tank/configuration", keep: 3 });
  const schedule = { minute: "15", hour: "1", dom: "*", month: "*", dow: "*" };
  await nas.call("cronjob.create", { description, command, user: "root", schedule });

  await world.advance(5 * DAY);

  expect(nas.console.list("/mnt/tank/configuration").map(({ path }) => path)).toEqual([
    "truenas-primary-2026-01-08.tar.cms",
    "truenas-primary-2026-01-09.tar.cms",
    "truenas-primary-2026-01-10.tar.cms",
  ]);
  const last = nas.console.read("/mnt/tank/configuration/truenas-primary-2026-01-10.tar.cms") ?? "";
  expect(openConfiguration(last, PRIVATE_KEY).seed).toBe(nas.console.configuration().seed);
  expect(last).not.toContain(nas.console.configuration().seed);
});
