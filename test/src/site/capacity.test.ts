import { describe, expect, test } from "vitest";
import { capacityTable, parseSite } from "../../../src/site/index.ts";
import { writtenSite } from "../../support/stack-site.ts";

const TB = 1e12;
const rows = capacityTable(parseSite(writtenSite("prod")));

describe("capacity of prod", () => {
  test("is computed from its disks, beside what the plan counted on and what quotas promise", () => {
    const table = rows.map(({ pool, layout, raw, usable, stated, committed, percent }) => [
      pool,
      layout,
      `${raw / TB} TB`,
      `${(usable / TB).toFixed(2)} TB`,
      stated === undefined ? "-" : `${stated / TB} TB`,
      `${committed / TB} TB`,
      `${Math.round(percent)} %`,
    ]);

    expect(table).toEqual([
      ["fast", "3 x 7-wide RAIDZ2, 900 GB", "18.9 TB", "12.46 TB", "16 TB", "13 TB", "104 %"],
      ["bulk", "1 x 6-wide RAIDZ2, 8 TB", "48 TB", "31.86 TB", "28.6 TB", "28 TB", "88 %"],
      ["scratch", "1 x 6-wide RAIDZ1, 3 TB", "18 TB", "14.26 TB", "15 TB", "14 TB", "98 %"],
      ["backup", "1 x 11-wide RAIDZ2, 3 TB", "33 TB", "25.01 TB", "-", "0 TB", "0 %"],
    ]);
  });

  test("shows the quotas that were added as a second figure", () => {
    const table = rows.map(({ pool, committedWithAdded, percentWithAdded }) => [
      pool,
      `${committedWithAdded / TB} TB`,
      `${Math.round(percentWithAdded)} %`,
    ]);

    expect(table).toEqual([
      ["fast", "13.1 TB", "105 %"],
      ["bulk", "30 TB", "94 %"],
      ["scratch", "14.1 TB", "99 %"],
      ["backup", "0.012 TB", "0 %"],
    ]);
  });
});

describe("capacity of dev", () => {
  test("promises nothing that its pools do not have, zvols included", () => {
    const table = capacityTable(parseSite(writtenSite("dev")));

    expect(table.map(({ pool, percentWithAdded }) => [pool, Math.round(percentWithAdded)])).toEqual([
      ["flash", 76],
      ["tank", 89],
      ["cold", 2],
    ]);
  });
});
