import type { ValidationErrors } from "../../middleware/errors.ts";
import type { Context } from "../../middleware/method.ts";
import { subtree } from "../../zfs/dataset-tree.ts";
import { checkInsidePool } from "../share-path.ts";
import { credentialOf, regionOf } from "./remote.ts";
import { type CloudTask, providerAttributes, textOf } from "./task.ts";

const ZVOL = "/dev/zvol/";
/** Words as a shell splits them, every quotation closed. */
const CLOSED = /^(?:[^'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")*$/s;

/** A path that stands for a volume. */
export function volumeOfPath(path: string): string | undefined {
  return path.startsWith(ZVOL) ? path.slice(ZVOL.length).replaceAll("+", " ") : undefined;
}

/**
 * The rules that all tasks obey which bring files to a cloud or back; returns the attributes with defaults filled in.
 * A credential that tells no region makes the middleware ask the cloud for the bucket's.
 */
export function checkTask(
  context: Context,
  errors: ValidationErrors,
  prefix: string,
  task: CloudTask,
  zvols: boolean,
): CloudTask["attributes"] {
  const attributes = checkedAttributes(context, errors, prefix, task);
  checkPath(context, errors, prefix, task, zvols);
  const dataset = task.path.replace(/^\/mnt\//, "").replace(/\/+$/, "");
  const nested = subtree(context.state, dataset).slice(1);
  if (task.snapshot && nested.some(({ type }) => type === "FILESYSTEM"))
    errors.add(`${prefix}.snapshot`, "This option is only available for datasets that have no further nesting");
  return attributes;
}

function checkedAttributes(
  context: Context,
  errors: ValidationErrors,
  prefix: string,
  { credentials, attributes, args }: CloudTask,
): CloudTask["attributes"] {
  if (!CLOSED.test(args)) errors.add(`${prefix}.args`, "Parse error: No closing quotation");
  const credential = credentialOf(context, credentials);
  if (credential === undefined) errors.add(`${prefix}.credentials`, "Invalid credentials");
  if (credential === undefined || errors.refusals.length > 0) return attributes;
  const { provider } = credential;
  const { values, problems } = providerAttributes(provider["type"], attributes);
  for (const [name, message] of problems) errors.add(`${prefix}.attributes.${name}`, message);
  if (problems.length > 0) return attributes;
  const tellsRegion = provider["skip_region"] === true || textOf(provider, "region").trim() !== "";
  if (provider["type"] !== "S3" || tellsRegion) return values as CloudTask["attributes"];
  const region = regionOf(context, credential, textOf(values, "bucket"));
  return { ...values, region } as CloudTask["attributes"];
}

function checkPath(
  { state }: Context,
  errors: ValidationErrors,
  prefix: string,
  { path }: CloudTask,
  zvols: boolean,
): void {
  const volume = zvols ? volumeOfPath(path) : undefined;
  if (volume === undefined) checkInsidePool(state, errors, `${prefix}.path`, path);
  else if (state.datasets.get(volume)?.type !== "VOLUME") errors.add(`${prefix}.path`, "Volume does not exist");
  // No virtual machine runs on a simulated appliance, so no volume is used by one.
  else errors.add(`${prefix}.path`, "Backed up zvol must be used by a local or VMware VM");
}
