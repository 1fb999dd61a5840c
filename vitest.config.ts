import { defineConfig } from "vitest/config";
import { COMPILE_CACHE } from "./test/support/compile-cache.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    env: { PULUMI_ERROR_OUTPUT_STRING: "true", NO_COLOR: "1", ...COMPILE_CACHE },
    testTimeout: 180_000,
    globalSetup: ["test/support/announce-engines.ts"],
    hookTimeout: 180_000,
    pool: "forks",
    // More than two cores: much of a story is waiting for processes to start and for time limits to pass.
    maxWorkers: 3,
  },
});
