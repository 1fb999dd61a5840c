import { ValidationErrors } from "../../middleware/errors.ts";
import { bool, defaulted, int, literal, nullable, refined, str } from "../../middleware/kinds.ts";
import type { Context, Methods } from "../../middleware/method.ts";
import { list, model, type ObjectOf } from "../../middleware/models.ts";
import { parseNetwork } from "../../networks.ts";
import { rowMethods, rowsOf, type Stored } from "../rows.ts";
import { credentialsOf } from "./auth.ts";

const NAMESPACE = "iscsi.target";

const group = model("IscsiGroup", {
  portal: int(),
  initiator: defaulted(nullable(int()), null),
  authmethod: defaulted(literal("NONE", "CHAP", "CHAP_MUTUAL"), "NONE"),
  auth: defaulted(nullable(int()), null),
});
const queued = refined(nullable(int()), (value) =>
  value === null || value === 32 || value === 128 ? undefined : "Input should be 32 or 128",
);

const shape = {
  name: str({ min: 1, max: 120 }),
  alias: defaulted(nullable(str()), null),
  mode: defaulted(literal("ISCSI", "FC", "BOTH"), "ISCSI"),
  groups: defaulted(list(group), []),
  auth_networks: defaulted(list(str()), []),
  iscsi_parameters: defaulted(
    nullable(model("IscsiTargetParameters", { QueuedCommands: defaulted(queued, null) })),
    null,
  ),
};

type Target = ObjectOf<typeof shape>;
type Group = Target["groups"][number];

const targets = (context: Context) => rowsOf<typeof shape>(context, NAMESPACE);

function replaceGroups(context: Context, change: (group: Group) => Group | undefined): void {
  for (const target of targets(context).values()) {
    const groups = target.groups.flatMap((one) => change(one) ?? []);
    targets(context).put(target.id, { ...target, groups });
  }
}

/** Takes a portal that goes out of every target. */
export function forgetPortal(context: Context, id: number): void {
  replaceGroups(context, (one) => (one.portal === id ? undefined : one));
}

/** Takes a group of initiators that goes out of every target. */
export function forgetInitiator(context: Context, id: number): void {
  replaceGroups(context, (one) => (one.initiator === id ? { ...one, initiator: null } : one));
}

function checkNames(errors: ValidationErrors, prefix: string, target: Target, others: readonly Target[]): void {
  if (!/^[-a-z0-9.:]+$/.test(target.name))
    errors.add(
      `${prefix}.name`,
      "Only lowercase alphanumeric characters plus dot (.), dash (-), and colon (:) are allowed.",
    );
  else if (others.some(({ name }) => name === target.name))
    errors.add(`${prefix}.name`, "Target with this name already exists");
  if (target.alias === null) return;
  if (target.alias.includes('"')) errors.add(`${prefix}.alias`, "Double quotes are not allowed");
  else if (target.alias === "target") errors.add(`${prefix}.alias`, "target is a reserved word");
  else if (others.some(({ alias }) => alias === target.alias)) errors.add(`${prefix}.alias`, "Alias already exists");
}

function checkGroups(context: Context, errors: ValidationErrors, prefix: string, groups: readonly Group[]): void {
  const { state } = context;
  for (const [index, { portal, initiator, authmethod, auth }] of groups.entries()) {
    const attribute = `${prefix}.groups.${index}`;
    if (groups.findIndex((other) => other.portal === portal) < index)
      errors.add(`${attribute}.portal`, `Portal ${portal} cannot be duplicated on a target`);
    else if (!state.table("iscsi.portal").has(portal))
      errors.add(`${attribute}.portal`, `${portal} Portal not found in database`);
    if (initiator !== null && !state.table("iscsi.initiator").has(initiator))
      errors.add(`${attribute}.initiator`, `${initiator} Initiator not found in database`);
    if (!auth && authmethod !== "NONE")
      errors.add(`${attribute}.auth`, "Authentication group is required for CHAP and CHAP Mutual");
    else if (auth && authmethod === "CHAP_MUTUAL") checkMutual(context, errors, `${attribute}.auth`, auth);
  }
}

function checkMutual(context: Context, errors: ValidationErrors, attribute: string, tag: number): void {
  const [first] = credentialsOf(context).filter((row) => row.tag === tag);
  if (first === undefined) errors.add(attribute, "Authentication group not found", "ENOENT");
  else if (first.peeruser === "") errors.add(attribute, `Authentication group ${tag} does not support CHAP Mutual`);
}

function checked(context: Context, prefix: string, wanted: Target, old: Stored<typeof shape> | undefined): Target {
  const errors = new ValidationErrors();
  const target = { ...wanted, alias: wanted.alias === "" ? null : wanted.alias };
  const others = targets(context)
    .values()
    .filter(({ id }) => id !== old?.id);
  checkNames(errors, prefix, target, others);
  if (target.mode !== "ISCSI") errors.add(`${prefix}.mode`, "Fibre Channel not enabled");
  checkGroups(context, errors, prefix, target.groups);
  for (const [index, network] of target.auth_networks.entries()) {
    if (parseNetwork(network)?.text !== network)
      errors.add(`${prefix}.auth_networks.${index}`, `Auth network "${network}" is not a valid IPv4 or IPv6 network`);
  }
  errors.check();
  return target;
}

function removed(context: Context, target: Stored<typeof shape>, options: Readonly<Record<string, unknown>>): void {
  const mappings = context.state.table<{ id: number; target: number; extent: number }>("iscsi.targetextent");
  for (const mapping of mappings.values().filter((one) => one.target === target.id)) {
    mappings.delete(mapping.id);
    if (options["delete_extents"] === true) context.state.table("iscsi.extent").delete(mapping.extent);
  }
}

/** `iscsi.target.*`: what initiators connect to. */
export const iscsiTargetMethods: Methods = rowMethods({
  namespace: NAMESPACE,
  noun: "iSCSITarget",
  shape,
  arguments: ["iscsi_target_create", "iscsi_target_update"],
  prefixes: ["iscsi_target_create", "iscsi_target_update"],
  checked,
  entry: (context, target) => ({
    ...target,
    rel_tgt_id:
      targets(context)
        .values()
        .findIndex(({ id }) => id === target.id) + 1,
  }),
  deletion: { force: defaulted(bool, false), delete_extents: defaulted(bool, false) },
  removed,
});
