import { createHash, randomInt } from "node:crypto";
import { userNamed, usersOf } from "../accounts.ts";
import { InstanceNotFound, MatchNotFound, ValidationErrors } from "../middleware/errors.ts";
import { absent, any, bool, defaulted, int, type Kind, kind, nullable, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, isRecord, model } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { Table } from "../state/store.ts";

/** A key as it is stored: its hash only. */
export interface ApiKeyRow {
  readonly id: number;
  readonly name: string;
  /** Row of the user. */
  readonly user: number;
  readonly keyhash: string;
  /** Milliseconds since the epoch; likewise below. */
  readonly created: number;
  /** Null is never. */
  readonly expires: number | null;
  readonly revoked: boolean;
}

const MOST_KEYS = 10;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const datetime: Kind<number> = kind("datetime", (input, path, problems) => {
  const at = isRecord(input) ? input["$date"] : undefined;
  if (typeof at === "number") return Math.floor(at / 1000) * 1000;
  problems.push({ path, message: "Input should be a valid datetime" });
  return 0;
});
const name = str({ min: 1, max: 200 });
const creation = model("ApiKeyCreate", {
  name,
  username: str({ min: 1 }),
  expires_at: defaulted(nullable(datetime), null),
});
const change = model("ApiKeyUpdate", {
  name: absent(name),
  expires_at: absent(nullable(datetime)),
  reset: absent(bool),
});

const keysOf = ({ state }: Context): Table<ApiKeyRow> => state.table("api_key");

/** A new key, and what is stored of it. */
function generated(): { readonly key: string; readonly keyhash: string } {
  const key = Array.from({ length: 64 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return { key, keyhash: `$pbkdf2-sha512$${createHash("sha512").update(key).digest("base64")}` };
}

function entry(context: Context, row: ApiKeyRow): Record<string, unknown> {
  const username = usersOf(context.state).get(row.user)?.username ?? null;
  const gone = username === null;
  return {
    id: row.id,
    name: row.name,
    user_identifier: row.user,
    created_at: { $date: row.created },
    username,
    keyhash: row.keyhash,
    local: true,
    expires_at: row.expires === null ? null : { $date: row.expires },
    revoked: row.revoked || gone,
    ...(context.dialect === "25.10" ? { revoked_reason: gone ? "User does not exist" : null } : {}),
  };
}

function checkKey(context: Context, errors: ValidationErrors, prefix: string, key: Omit<ApiKeyRow, "user">): void {
  const others = keysOf(context)
    .values()
    .filter(({ id }) => id !== key.id);
  if (others.some((other) => other.name === key.name)) errors.add(prefix, "name must be unique");
  if (key.expires !== null && context.clock.time > key.expires) errors.add(prefix, "Expiration date is in the past");
}

/** The row of a user who may have another key. */
function ownerOf(context: Context, errors: ValidationErrors, username: string): number {
  const row = usersOf(context.state)
    .values()
    .find((user) => user.username === username);
  const administrator = userNamed(context.state, username)?.groups.includes(544);
  if (row === undefined) errors.add("api_key_create", "User does not exist.");
  else if (!administrator) errors.add("api_key_create", "User lacks privilege role membership.");
  const keys = keysOf(context)
    .values()
    .filter(({ user }) => user === row?.id);
  if (keys.length >= MOST_KEYS)
    errors.add(
      "api_key_create.username",
      `User already meets or exceeds maximum per-user API key limit of ${MOST_KEYS}`,
    );
  return row?.id ?? 0;
}

const writes = { writes: true };

/** `api_key.*`: keys of the API, shown when they are made and never again. */
export const apiKeyMethods: Methods = {
  "api_key.query": method({ filters: queryFilters, options: queryOptions }, (context, { filters, options }) =>
    filterList(
      keysOf(context)
        .values()
        .map((row) => entry(context, row)),
      filters,
      options,
    ),
  ),
  "api_key.get_instance": method({ id: int(), options: defaulted(dictionary(any), {}) }, (context, { id }) => {
    const row = keysOf(context).get(id);
    if (row === undefined) throw new InstanceNotFound(`ApiKey ${id} does not exist`);
    return entry(context, row);
  }),
  "api_key.create": method(
    { api_key_create: creation },
    (context, { api_key_create: wanted }) => {
      const errors = new ValidationErrors();
      const { key, keyhash } = generated();
      const fields = { name: wanted.name, keyhash, created: context.clock.time, expires: wanted.expires_at };
      checkKey(context, errors, "api_key_create", { ...fields, id: 0, revoked: false });
      const user = ownerOf(context, errors, wanted.username);
      errors.check();
      const id = context.state.next("api_key");
      const row = keysOf(context).put(id, { ...fields, id, user, revoked: false });
      return { ...entry(context, row), key: `${id}-${key}` };
    },
    writes,
  ),
  "api_key.update": method(
    { id: int(), api_key_update: change },
    (context, { id, api_key_update: wanted }) => {
      const old = keysOf(context).get(id);
      if (old === undefined) throw new MatchNotFound();
      const { key, keyhash } = wanted.reset ? generated() : { key: undefined, keyhash: old.keyhash };
      const expires = wanted.expires_at === undefined ? old.expires : wanted.expires_at;
      const revoked = old.revoked && key === undefined;
      const row = { ...old, name: wanted.name ?? old.name, expires, keyhash, revoked };
      const errors = new ValidationErrors();
      checkKey(context, errors, "api_key_update", row);
      errors.check();
      keysOf(context).put(id, row);
      return { ...entry(context, row), ...(key === undefined ? {} : { key: `${id}-${key}` }) };
    },
    writes,
  ),
  "api_key.delete": method(
    { id: int() },
    (context, { id }) => {
      if (!keysOf(context).delete(id)) throw new InstanceNotFound(`ApiKey ${id} does not exist`);
      return true;
    },
    writes,
  ),
};
