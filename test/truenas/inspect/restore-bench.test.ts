import { describe, expect, test } from "vitest";
import { methodsOf } from "../../../lab/truenas/methods/registry.ts";
import { isScratch, refusalOutside } from "../../../truenas/inspect/only-scratch.ts";
import { checksumCommand, checksumGroups, readChecksums } from "../../../truenas/midclt/checksums.ts";
import { RestoreBench } from "../../../truenas/restore.ts";

const SCRATCH = "tank/restore-test-photos";
const refused = (method: string, ...params: unknown[]) => refusalOutside(SCRATCH, { method, params });

describe("where copies are restored for a test", () => {
  test.each([
    ["pool.query"],
    ["pool.dataset.create", { name: SCRATCH }],
    ["pool.dataset.delete", SCRATCH, { recursive: true }],
    ["pool.snapshot.clone", { snapshot: "tank/photos@x", dataset_dst: `${SCRATCH}/copy` }],
    ["replication.run_onetime", { direction: "PULL", target_dataset: `${SCRATCH}/copy` }],
    ["cloud_backup.restore", 1, "latest", "/", `/mnt/${SCRATCH}`, {}],
  ])("%s %j is sent", (method, ...params) => {
    expect(refused(method, ...params)).toBeUndefined();
  });

  test.each([
    ["pool.dataset.create", { name: "tank/photos" }],
    ["pool.dataset.create", { name: `${SCRATCH}-2` }],
    ["pool.dataset.delete", "tank/photos", { recursive: true }],
    ["pool.dataset.delete", "tank"],
    ["pool.dataset.delete", `${SCRATCH}/../photos`],
    ["pool.snapshot.clone", { snapshot: `${SCRATCH}@x`, dataset_dst: "tank/copy" }],
    ["replication.run_onetime", { direction: "PUSH", target_dataset: `${SCRATCH}/copy` }],
    ["replication.run_onetime", { direction: "PULL", target_dataset: "tank/photos" }],
    ["cloud_backup.restore", 1, "latest", "/", "/mnt/tank/photos", {}],
    ["cloud_backup.restore", 1, "latest", "/", `${SCRATCH}`, {}],
    ["core.bulk", "pool.dataset.delete", [[SCRATCH]]],
    ["pool.dataset.update", SCRATCH, { quota: 0 }],
  ])("%s %j is not", (method, ...params) => {
    expect(refused(method, ...params)).toMatch(/nothing was sent$/);
  });

  test.each(["25.04", "25.10"] as const)("no other method of %s is sent that writes", (dialect) => {
    const writes = Object.entries(methodsOf(dialect)).filter(([, { writes: changes, job }]) => changes || job);

    expect(writes.map(([method]) => method).filter((method) => refused(method) === undefined)).toEqual([]);
  });

  test("the name of a scratch dataset is one that no other has", () => {
    expect(isScratch(SCRATCH)).toBe(true);
    for (const path of ["tank", "tank/photos", "tank/photos/restore-test-x", "tank/restore-test-", "/restore-test-x"]) {
      expect(isScratch(path)).toBe(false);
    }
    expect(() => new RestoreBench({ host: "192.0.2.1" }, "tank/photos", { callTimeout: 1 })).toThrow(
      "tank/photos is no scratch dataset; use pool/restore-test- followed by a name in kebab-case",
    );
  });
});

describe("checksums", () => {
  const sum = "0123456789abcdef".repeat(4);

  test("are asked for with every path in quotes, as many at a time as a command line takes", () => {
    expect(checksumCommand(["/mnt/a/it's $(x).txt"], true)).toBe("sudo -n sha256sum -z -- '/mnt/a/it'\\''s $(x).txt'");
    const groups = checksumGroups(Array.from({ length: 1000 }, (_, at) => `/mnt/tank/${"x".repeat(100)}/${at}`));
    expect(groups.flat()).toHaveLength(1000);
    expect(Math.max(...groups.map((group) => checksumCommand(group, true).length))).toBeLessThan(64 * 1024);
    expect(groups.length).toBe(2);
    expect(checksumGroups([])).toEqual([]);
  });

  test("are read by path, without those that cannot be", () => {
    const stdout = `${sum}  /mnt/a/one\0${sum}  /mnt/a/two\nlines\0`;
    const stderr = "sha256sum: /mnt/a/three: No such file or directory\n";

    expect([...readChecksums({ stdout, stderr, code: 1 }, "nas")]).toEqual([
      ["/mnt/a/one", sum],
      ["/mnt/a/two\nlines", sum],
    ]);
    expect(readChecksums({ stdout: "", stderr: "sha256sum: '/mnt/a b': Is a directory\n", code: 1 }, "nas").size).toBe(
      0,
    );
  });

  test.each([
    ["sudo: a password is required\n", 1],
    ["zsh:1: command not found: sha256sum\n", 127],
  ])("that nobody may compute say what to allow: %s", (stderr, code) => {
    expect(() => readChecksums({ stdout: "", stderr, code }, "nas")).toThrow(
      /^nas: sha256sum was not permitted: .*; let the account run it: add \/usr\/bin\/sha256sum to its commands/,
    );
  });
});
