import { CloudError } from "../../cloud/cloud-error.ts";
import { Repository } from "../../cloud/restic/repository.ts";
import { ResticError } from "../../cloud/restic/restic-error.ts";
import type { Location } from "../../cloud/restic/vault.ts";
import { CallError, InstanceNotFound, ValidationErrors } from "../../middleware/errors.ts";
import type { Context } from "../../middleware/method.ts";
import { bucketsOf, credentialOf, remoteOf } from "./remote.ts";
import { type CloudTask, type CredentialRow, textOf } from "./task.ts";

/** What a restic repository of a task is reached with. */
export type BackupTask = CloudTask & { readonly password: string };

/** Python's exception for what a class leaves to others: credentials that restic cannot use. */
export class NotImplementedError extends Error {}

const RESTIC_PROVIDERS = ["S3", "STORJ_IX"];

function locationOf({ attributes }: CloudTask): Location {
  return { bucket: attributes.bucket ?? "", folder: textOf(attributes, "folder").replace(/^\/+|\/+$/g, "") };
}

/** restic's text as the middleware sees it on stderr: a JSON line from the newer one. */
function textFor({ dialect }: Context, error: ResticError): string {
  return dialect === "25.10" ? error.line : error.message;
}

function credentialFor(context: Context, task: CloudTask): CredentialRow {
  const credential = credentialOf(context, task.credentials);
  if (credential === undefined) throw new InstanceNotFound(`CloudCredentials ${task.credentials} does not exist`);
  if (!RESTIC_PROVIDERS.includes(String(credential.provider["type"]))) throw new NotImplementedError();
  return credential;
}

/** Opens the task's repository; restic's own error becomes a `CallError`. */
export async function repositoryOf(context: Context, task: BackupTask): Promise<Repository> {
  const s3 = remoteOf(context, credentialFor(context, task));
  await s3.start();
  try {
    return Repository.open(s3, locationOf(task), task.password);
  } catch (error) {
    throw error instanceof ResticError ? new CallError(textFor(context, error)) : error;
  }
}

/** Runs restic on an opened repository; its own error becomes a `CallError`. */
export async function withRestic<T>(context: Context, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof ResticError ? new CallError(textFor(context, error)) : error;
  }
}

/** Removes left-over locks, looks whether the repository is there and opens, and makes it when it is not there. */
export async function ensureInitialized(context: Context, task: BackupTask, passwordField?: string): Promise<void> {
  const credential = credentialFor(context, task);
  const s3 = remoteOf(context, credential);
  await s3.start();
  await context.breath();
  try {
    const repository = Repository.open(s3, locationOf(task), task.password);
    unlocked(repository, context.host);
    return;
  } catch (error) {
    if (!(error instanceof ResticError)) throw error;
    if (error.kind === "wrong-password" && passwordField !== undefined)
      throw new ValidationErrors().add(passwordField, textFor(context, error), "EINVAL");
    if (error.kind !== "no-repository") throw new CallError(textFor(context, error));
  }
  const { bucket } = locationOf(task);
  if (!bucketsOf(context, credential).includes(bucket)) throw new CallError("This provider can't create buckets");
  await withRestic(context, () => Repository.init(s3, locationOf(task), task.password));
}

// The middleware does not ask what became of `restic unlock`.
function unlocked(repository: Repository, host: string): void {
  try {
    repository.unlock(host);
  } catch (error) {
    if (!(error instanceof ResticError) && !(error instanceof CloudError)) throw error;
  }
}
