import { Lab } from "./lab.ts";
import { LabFolder } from "./lab-folder.ts";
import { makeUpFiles } from "./made-up-files.ts";
import { type LabOptions, Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `serve`. */
export interface ServeOptions extends LabOptions {
  /** Hours by which the lab's clock is moved before it is served; what falls due on the way happens. */
  readonly advance?: number;
}

const HOUR_MS = 3_600_000;

/**
 * Switches on what a rehearsal has kept and leaves it on until Ctrl-C, so that other commands can be tried against it.
 * Returns the exit code.
 */
export async function serve(options: ServeOptions): Promise<number> {
  if (options.lab === undefined) throw new UsageError("--lab is missing; name the folder that a rehearsal has kept");
  const session = new Session("serve", options);
  const refusal = session.refusal();
  if (refusal) return session.finish(undefined, { errors: [refusal] });

  const folder = await LabFolder.open(options.lab);
  const lab = new Lab(folder.dir);
  try {
    return await stayOn(session, lab, options);
  } finally {
    await lab.stop();
    await folder.close();
  }
}

async function stayOn(session: Session, lab: Lab, { stack, advance }: ServeOptions): Promise<number> {
  const { console } = session;
  const preview = await session.stack(lab.dir, "preview", lab.env).preview();
  if (!preview.ok) {
    session.show(preview);
    return session.finish(preview);
  }
  await lab.rack(preview.steps);
  for (const appliance of lab.appliances()) await makeUpFiles(appliance);
  if (advance) await lab.world.advance(advance * HOUR_MS);

  console.heading(`The lab of ${stack} is on, and its clock shows ${lab.world.now().toISOString()}`);
  console.write("In another terminal, for example:");
  console.write(`  export TRUENAS_ENDPOINTS=${lab.endpoints}`);
  console.write(`  npm run verify -- --stack ${stack}`);
  console.write(`  npm run drill -- --stack ${stack}`);
  console.write("Ctrl-C switches it off; what it holds stays for the next time.");
  await session.interrupted;

  return 0;
}
