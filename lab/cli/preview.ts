import { LabFolder } from "./lab-folder.ts";
import { type LabOptions, Session } from "./session.ts";

/**
 * Shows what a stack would become: from nothing, or from where a kept lab stands. No appliance is asked.
 * Returns the exit code.
 */
export async function preview(options: LabOptions): Promise<number> {
  const session = new Session("preview", options);
  const refusal = session.refusal();
  if (refusal) return session.finish(undefined, { errors: [refusal] });

  const folder = await LabFolder.open(options.lab);
  try {
    session.console.heading(`Preview of ${options.stack}`);
    const run = await session.stack(folder.dir, "preview", {}).preview();
    session.show(run);
    return session.finish(run);
  } finally {
    await folder.close();
  }
}
