import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { World } from "./fixtures/provider/world.ts";
import type { Entry } from "./fixtures/things/register.ts";
import { messages, steps, Workbench } from "./support/workbench.ts";

/** An engine in a process of its own, which can be killed. */
function engine(bench: Workbench, list: readonly Entry[]) {
  const script = join(import.meta.dirname, "fixtures", "run-up.ts");
  return spawn(process.execPath, [script, bench.dir, JSON.stringify(list)], { stdio: "inherit" });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function pluginsOf(world: World): number[] {
  return world.calls().flatMap(({ call, pid }) => (call === "started" ? [Number(pid)] : []));
}

describe("an engine killed in the middle of up", () => {
  test("leaves no process behind, and the state says what was under way; the next run drops it with a warning", async () => {
    const bench = new Workbench();
    const list = [{ name: "done" }, { name: "slow", inputs: { gate: "never" }, dependsOn: ["done"] }];
    const process_ = engine(bench, list);
    const exited = once(process_, "exit");
    await until(() => bench.world.ids().includes("slow-1"));

    process_.kill("SIGKILL");
    await exited;
    const plugins = pluginsOf(bench.world);
    await until(() => !plugins.some(isRunning));

    expect(plugins).toHaveLength(1);
    const state = await bench.stack([]).state();
    expect(state.resources?.some(({ id }) => id === "done-1")).toBe(true);
    expect(state.pending_operations?.map(({ type, resource }) => [type, resource.urn])).toEqual([
      ["creating", "urn:pulumi:test::things::probe:index:Thing::slow"],
    ]);

    bench.changes();
    const after = bench.stack([{ name: "done" }, { name: "slow", dependsOn: ["done"] }]);
    const run = await after.up({ skipPreview: true });

    expect(messages(run, "warning")).toEqual([
      "the last operation was interrupted while creating this resource: the object may exist although the state does not know it; it is taken up as new (urn:pulumi:test::things::probe:index:Thing::slow)",
    ]);
    expect(steps(run)).toEqual(["same done", "create slow"]);
    expect(bench.changes()).toEqual(["create slow"]);
    expect((await after.state()).pending_operations).toBeUndefined();
  });
});
