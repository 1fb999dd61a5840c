import { Lab } from "./lab.ts";
import { LabFolder } from "./lab-folder.ts";
import { MadeUpSecrets, missingSecretsOf } from "./made-up-secrets.ts";
import { renderConfirmation, renderTraffic, renderWhere } from "./render/tables.ts";
import { type LabOptions, Session } from "./session.ts";

/**
 * Previews a stack, applies it to simulated appliances, and previews again to see that nothing is left to do.
 * Returns the exit code.
 */
export async function rehearse(options: LabOptions): Promise<number> {
  const session = new Session("rehearse", options);
  const refusal = session.refusal();
  if (refusal) return session.finish(undefined, { errors: [refusal] });

  const folder = await LabFolder.open(options.lab);
  const lab = new Lab(folder.dir);
  try {
    return await perform(session, lab, options.stack);
  } finally {
    await lab.stop();
    await folder.close();
  }
}

async function perform(session: Session, lab: Lab, stack: string): Promise<number> {
  const { env } = lab;
  const { console } = session;

  console.heading(`1. Preview of ${stack}`);
  const first = await session.stack(lab.dir, "preview", env).preview();
  session.show(first);
  if (!first.ok) return session.finish(first);

  const missing = missingSecretsOf(first);
  const madeUp = MadeUpSecrets.in(lab.dir).add(missing);
  console.heading("2. Update on the lab");
  console.write(madeUp);
  await lab.rack(first.steps, missing);
  const update = await session.stack(lab.dir, "update", env).up({ skipPreview: true });
  console.write(renderWhere(update.steps));
  console.heading("What the appliances counted");
  console.write(renderTraffic(lab.traffic()));
  if (!update.ok) {
    session.show(update);
    return session.finish(update, { traffic: lab.traffic() });
  }

  console.heading("3. Preview again");
  const second = await session.stack(lab.dir, "preview", env).preview();
  console.write(renderConfirmation(second.steps));
  return session.finish(update, { second, traffic: lab.traffic() });
}
