import { describe, expect, test } from "vitest";
import { formatSize, readSize } from "../../../src/site/sizes.ts";

describe("a size", () => {
  test.each([
    ["4 TB", 4e12],
    ["4 TiB", 4 * 1024 ** 4],
    ["28.6 TB", 28.6e12],
    ["1.5 GiB", 1.5 * 1024 ** 3],
    ["500GB", 500e9],
    ["0.3 kB", 300],
    ["512 B", 512],
  ])("%s is %d bytes", (text, bytes) => {
    expect(readSize(text)).toEqual({ value: bytes });
  });

  test.each([["4"], ["4 T"], ["4 tb"], ["TB"], ["-4 TB"], ["4 TB 5"], ["1.5 B"], ["9 PiB"]])(
    "%s is refused",
    (text) => {
      expect(readSize(text)).toHaveProperty("refused.says");
    },
  );

  test.each([
    [12.463e12, "12.46 TB"],
    [900e9, "900 GB"],
    [1024 ** 3, "1.07 GB"],
    [512, "512 B"],
  ])("of %d bytes is shown in decimal units", (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});
