import { type CredentialRow, credentialsOf, keyOf } from "../credentials.ts";
import { CallError, InstanceNotFound, ValidationErrors } from "../middleware/errors.ts";
import { any, bool, defaulted, int, literal, nullable, type Of, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, model, partial, union } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import { replicationsOf } from "../replication/task-row.ts";
import { generateKeyPair, publicHalf } from "../ssh-server.ts";
import type { ApplianceState } from "../state/appliance-state.ts";

const LONG = 2_048_000;
const name = str({ min: 1 });
const half = defaulted(nullable(str({ max: LONG })), null);
const pair = { name, attributes: model("SSHKeyPair", { private_key: half, public_key: half }) };
const connection = {
  name,
  attributes: model("SSHCredentials", {
    host: str(),
    port: defaulted(int(), 22),
    username: defaulted(str(), "root"),
    private_key: int(),
    remote_host_key: str(),
    connect_timeout: defaulted(int(), 10),
  }),
};
const credentialCreate = union(
  model("KeychainCredentialCreateSSHKeyPairEntry", { ...pair, type: literal("SSH_KEY_PAIR") }),
  model("KeychainCredentialCreateSSHCredentialsEntry", { ...connection, type: literal("SSH_CREDENTIALS") }),
);
const credentialUpdate = union(
  partial("KeychainCredentialUpdateSSHKeyPairEntry", pair),
  partial("KeychainCredentialUpdateSSHCredentialsEntry", connection),
);

function instance({ state }: Context, id: number): CredentialRow {
  const row = credentialsOf(state).get(id);
  if (row === undefined) throw new InstanceNotFound(`KeychainCredential ${id} does not exist`);
  return row;
}

// What ssh-keygen says of a file that it cannot read.
function publicOf(privateKey: string): { readonly key: string } | { readonly problem: string } {
  if (/ENCRYPTED|aes256-ctr/.test(privateKey)) return { problem: "Encrypted private keys are not allowed" };
  try {
    return { key: publicHalf(privateKey) };
  } catch {
    return { problem: 'Load key "/tmp/tmpkey": error in libcrypto\n' };
  }
}

function completed(errors: ValidationErrors, prefix: string, wanted: Of<(typeof pair)["attributes"]>) {
  const { public_key } = wanted;
  const private_key = wanted.private_key ? `${wanted.private_key.trim()}\n` : wanted.private_key;
  if (!private_key && !public_key) errors.add(`${prefix}.public_key`, "You must specify a key");
  if (!private_key) {
    if (public_key && keyOf(public_key) === undefined) errors.add(`${prefix}.public_key`, "Invalid public key");
    return { private_key, public_key };
  }
  const derived = publicOf(private_key);
  if ("problem" in derived) errors.add(`${prefix}.private_key`, derived.problem);
  else if (public_key && keyOf(public_key) !== keyOf(derived.key))
    errors.add(`${prefix}.public_key`, "Private key and public key do not match");
  return { private_key, public_key: public_key || ("key" in derived ? `${derived.key}\n` : null) };
}

function checked({ state }: Context, prefix: string, row: CredentialRow): CredentialRow {
  const errors = new ValidationErrors();
  const others = credentialsOf(state)
    .values()
    .filter(({ id }) => id !== row.id);
  if (others.some((other) => other.name === row.name))
    errors.add(`${prefix}.name`, `Object with this name already exists`);
  errors.check();
  if (row.type === "SSH_CREDENTIALS") return row;
  const attributes = completed(errors, `${prefix}.attributes`, row.attributes);
  errors.check();
  return { ...row, attributes };
}

interface Use {
  readonly title: string;
  readonly unbind_method: "delete" | "disable";
  readonly credential?: CredentialRow;
  unbind(): void;
}

function usesOf(state: ApplianceState, row: CredentialRow): Use[] {
  if (row.type === "SSH_KEY_PAIR")
    return credentialsOf(state)
      .values()
      .filter((other) => other.type === "SSH_CREDENTIALS" && other.attributes.private_key === row.id)
      .map((credential) => ({
        title: `SSH credentials ${credential.name}`,
        unbind_method: "delete",
        credential,
        unbind: () => removed(state, credential, true),
      }));
  return replicationsOf(state)
    .values()
    .filter(({ ssh_credentials }) => ssh_credentials === row.id)
    .map((task) => ({
      title: `Replication task ${task.name}`,
      unbind_method: "disable",
      unbind: () => void replicationsOf(state).put(task.id, { ...task, enabled: false, ssh_credentials: null }),
    }));
}

function removed(state: ApplianceState, row: CredentialRow, cascade: boolean): void {
  const uses = usesOf(state, row);
  if (uses.length > 0 && !cascade)
    throw new ValidationErrors().add("options.cascade", "This credential is used and no cascade option is specified");
  for (const use of uses) use.unbind();
  credentialsOf(state).delete(row.id);
}

function usedBy(state: ApplianceState, row: CredentialRow): { title: string; unbind_method: string }[] {
  return usesOf(state, row).flatMap(({ title, unbind_method, credential }) => [
    { title, unbind_method },
    ...(credential === undefined ? [] : usedBy(state, credential)),
  ]);
}

function scanned({ surroundings, hostnames }: Context, host: string, port: number): string {
  const found = surroundings.at(hostnames.get(host) ?? host);
  if (found === undefined || port !== 22) throw new CallError("ssh-keyscan failed: ");
  return found.hostKey;
}

function ofType(context: Context, id: number, type: string): CredentialRow {
  const row = credentialsOf(context.state).get(id);
  if (row === undefined) throw new CallError("Credential does not exist", "ENOENT");
  if (row.type !== type) throw new CallError(`Credential is not of type ${type}`, "EINVAL");
  return row;
}

/** `keychaincredential.*`: SSH key pairs and connections. */
export const keychainCredentialMethods: Methods = {
  "keychaincredential.query": method(
    { filters: queryFilters, options: queryOptions },
    ({ state }, { filters, options }) =>
      filterList(
        credentialsOf(state)
          .values()
          .map((row) => ({ ...row })),
        filters,
        options,
      ),
  ),
  "keychaincredential.get_instance": method({ id: int(), options: defaulted(dictionary(any), {}) }, (context, { id }) =>
    instance(context, id),
  ),
  "keychaincredential.create": method(
    { keychain_credential_create: credentialCreate },
    (context, { keychain_credential_create: wanted }) => {
      const row = checked(context, "keychain_credential_create", { ...wanted, id: 0 } as CredentialRow);
      const id = context.state.next("keychaincredential");
      return credentialsOf(context.state).put(id, { ...row, id });
    },
    { writes: true },
  ),
  "keychaincredential.update": method(
    { id: int(), keychain_credential_update: credentialUpdate },
    (context, { id, keychain_credential_update: changes }) => {
      const wanted = { ...instance(context, id), ...changes } as CredentialRow;
      return credentialsOf(context.state).put(id, checked(context, "keychain_credentials_update", wanted));
    },
    { writes: true },
  ),
  "keychaincredential.delete": method(
    {
      id: int(),
      options: defaulted(model("KeychainCredentialDeleteOptions", { cascade: defaulted(bool, false) }), {
        cascade: false,
      }),
    },
    (context, { id, options }) => {
      removed(context.state, instance(context, id), options.cascade);
      return null;
    },
    { writes: true },
  ),
  "keychaincredential.used_by": method({ id: int() }, (context, { id }) =>
    usedBy(context.state, instance(context, id)),
  ),
  "keychaincredential.get_of_type": method(
    { id: int(), type: literal("SSH_KEY_PAIR", "SSH_CREDENTIALS") },
    (context, { id, type }) => ofType(context, id, type),
  ),
  "keychaincredential.generate_ssh_key_pair": method({}, () => {
    const pairMade = generateKeyPair();
    return { private_key: pairMade.private, public_key: `${pairMade.public} root@truenas\n` };
  }),
  "keychaincredential.remote_ssh_host_key_scan": method(
    {
      keychain_remote_ssh_host_key_scan: model("KeychainCredentialRemoteSshHostKeyScan", {
        host: name,
        port: defaulted(int(), 22),
        connect_timeout: defaulted(int(), 10),
      }),
    },
    (context, { keychain_remote_ssh_host_key_scan: { host, port } }) => scanned(context, host, port),
  ),
};
