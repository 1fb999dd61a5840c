// Runs up on a workbench directory in a process of its own: run-up.ts <dir> <list as JSON>.
import { join } from "node:path";
import { Stack } from "../../../../lab/engine/index.ts";

const [dir = "", list = "[]"] = process.argv.slice(2);

await new Stack({
  projectDir: join(import.meta.dirname, "..", "fixtures", "things"),
  stack: "test",
  stateFile: join(dir, "state", "things.json"),
  config: { "things:list": list },
  env: { PROBE_WORLD: join(dir, "world"), PULUMI_CONFIG_PASSPHRASE: "a test" },
}).up({ skipPreview: true });
