import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type LabOptions, Session } from "./session.ts";

/**
 * Shows what a stack would become: from nothing, or from where a kept lab stands. No appliance is asked.
 * Returns the exit code.
 */
export async function preview(options: LabOptions): Promise<number> {
  const session = new Session("preview", options);
  const refusal = session.refusal();
  if (refusal) return session.finish(undefined, { errors: [refusal] });

  const dir = options.lab ? resolve(options.lab) : await mkdtemp(join(tmpdir(), "homelab-preview-"));
  try {
    session.console.heading(`Preview of ${options.stack}`);
    const run = await session.stack(dir, "preview", {}).preview();
    session.show(run);
    return session.finish(run);
  } finally {
    if (!options.lab) await rm(dir, { recursive: true, force: true });
  }
}
