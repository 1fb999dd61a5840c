import { CallError, ValidationErrors } from "../../middleware/errors.ts";
import { defaulted, int, literal, str } from "../../middleware/kinds.ts";
import type { Context, Methods } from "../../middleware/method.ts";
import type { ObjectOf } from "../../middleware/models.ts";
import { rowMethods, rowsOf, type Stored } from "../rows.ts";

const NAMESPACE = "iscsi.auth";

const shape = {
  tag: int(),
  user: str(),
  secret: str(),
  peeruser: defaulted(str(), ""),
  peersecret: defaulted(str(), ""),
  discovery_auth: defaulted(literal("NONE", "CHAP", "CHAP_MUTUAL"), "NONE"),
};

type Auth = ObjectOf<typeof shape>;
type AuthRow = Stored<typeof shape>;

/** Every set of credentials. */
export const credentialsOf = (context: Context): readonly AuthRow[] =>
  rowsOf<typeof shape>(context, NAMESPACE).values();

function checkSecret(errors: ValidationErrors, attribute: string, title: string, secret: string): void {
  if (secret.length < 12 || secret.length > 16) errors.add(attribute, `${title} must be between 12 and 16 characters.`);
  if (secret !== secret.trim()) errors.add(attribute, `${title} contains leading or trailing space.`);
  if (secret.includes("#")) errors.add(attribute, `${title} contains invalid characters: #`);
}

function checkPeer(errors: ValidationErrors, prefix: string, { secret, peersecret }: Auth): void {
  const attribute = `${prefix}.peersecret`;
  if (peersecret === "") errors.add(attribute, "The peer secret is required if you set a peer user.");
  else if (peersecret === secret) errors.add(attribute, "The peer secret cannot be the same as user secret.");
  else checkSecret(errors, attribute, "Peer Secret", peersecret);
}

// The credentials that are changed count as well, which is TrueNAS's own way.
function checkDiscovery(context: Context, errors: ValidationErrors, prefix: string, auth: Auth): void {
  if (auth.discovery_auth !== "CHAP_MUTUAL") return;
  const others = credentialsOf(context).filter((row) => row.discovery_auth === "CHAP_MUTUAL" && row.peeruser !== "");
  const attribute = `${prefix}.discovery_auth`;
  if (auth.peeruser === "") errors.add(attribute, "Cannot specify CHAP_MUTUAL if peer_user has not been defined.");
  else if (others.length > 0) errors.add(attribute, "Cannot specify CHAP_MUTUAL as only one such entry is permitted.");
}

/** Why credentials cannot go, or take another tag: targets that name their tag, where no others have it. */
function usageOf(context: Context, { id, tag }: AuthRow): string | undefined {
  if (credentialsOf(context).some((other) => other.tag === tag && other.id !== id)) return undefined;
  const targets = context.state
    .table<{ id: number; groups: readonly { auth: number | null }[] }>("iscsi.target")
    .values()
    .filter(({ groups }) => groups.some(({ auth }) => auth === tag));
  if (targets.length === 0) return undefined;
  return `Authorized access of ${id} is being used by following target(s): ${targets.map((one) => one.id).join(", ")}`;
}

function checked(context: Context, prefix: string, wanted: Auth, old: AuthRow | undefined): Auth {
  const errors = new ValidationErrors();
  if (wanted.peeruser === "" && wanted.peersecret !== "")
    errors.add(`${prefix}.peersecret`, "The peer user is required if you set a peer secret.");
  checkSecret(errors, `${prefix}.secret`, "Secret", wanted.secret);
  if (wanted.peeruser !== "") checkPeer(errors, prefix, wanted);
  checkDiscovery(context, errors, prefix, wanted);
  const usage = old !== undefined && old.tag !== wanted.tag ? usageOf(context, old) : undefined;
  if (usage !== undefined) errors.add(`${prefix}.tag`, usage);
  errors.check();
  return wanted;
}

/** `iscsi.auth.*`: who initiators and targets are to each other. */
export const iscsiAuthMethods: Methods = rowMethods({
  namespace: NAMESPACE,
  noun: "iSCSITargetAuthCredential",
  shape,
  prefixes: ["iscsi_auth_create", "iscsi_auth_update"],
  checked,
  removed: (context, row) => {
    const usage = usageOf(context, row);
    if (usage !== undefined) throw new CallError(usage);
  },
});
