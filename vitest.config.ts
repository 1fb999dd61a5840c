import { defineConfig } from "vitest/config";
import { COMPILE_CACHE } from "./test/support/compile-cache.ts";

const MEASUREMENTS = "test/bench/**/*.test.ts";

export default defineConfig({
  test: {
    env: { PULUMI_ERROR_OUTPUT_STRING: "true", NO_COLOR: "1", ...COMPILE_CACHE },
    testTimeout: 180_000,
    globalSetup: ["test/support/announce-engines.ts"],
    hookTimeout: 180_000,
    pool: "forks",
    // More than two cores: much of a story is waiting for processes to start and for time limits to pass.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: { name: "stories", include: ["test/**/*.test.ts"], exclude: [MEASUREMENTS], sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        // What travels together depends on how fast it comes, so nothing else runs beside a measurement.
        test: { name: "measurements", include: [MEASUREMENTS], sequence: { groupOrder: 1 }, maxWorkers: 1 },
      },
    ],
  },
});
