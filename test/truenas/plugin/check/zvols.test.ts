import { describe, expect, test } from "vitest";
import { problems, type Values } from "./problems.ts";

const zvol = (more: Values, olds?: Values) => problems("Zvol", { name: "tank/v", volsize: 16384, ...more }, olds);

describe("zvols", () => {
  test.each([
    [{ volsize: 20000 }, undefined, "volsize", "volsize 20000 is not a multiple of volblocksize 16K; use 32768"],
    [
      { volsize: 16384 },
      { name: "tank/v", volsize: 32768 },
      "volsize",
      "volsize 16384 is smaller than the present 32768 bytes; a volume cannot shrink: make a new one and copy the data",
    ],
    [
      { volsize: 1048576, volblocksize: "256K" },
      undefined,
      "volblocksize",
      'volblocksize "256K" is no block size; use a power of two from 512 to 128K, e.g. "128K"',
    ],
  ])("%j after %j", (more: Values, olds, property, reason) => {
    expect(zvol(more, olds)).toEqual([[property, reason]]);
  });
});
