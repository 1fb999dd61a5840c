import { expect, test } from "vitest";
import { refusal } from "./support/appliance.ts";
import { Pair } from "./support/pair.ts";

test("key pairs and connections are checked, used and let go of as TrueNAS does", async () => {
  const pair = await Pair.start();
  const { din, grogu } = pair;
  const create = (values: object) => refusal(din, "keychaincredential.create", { type: "SSH_KEY_PAIR", ...values });
  const { private_key } = (await din.call("keychaincredential.generate_ssh_key_pair")) as Record<string, string>;
  const other = (await din.call("keychaincredential.generate_ssh_key_pair")) as Record<string, string>;
  const prefix = "[EINVAL] keychain_credential_create";

  expect(await create({ name: "replication", attributes: { private_key } })).toBe(
    `${prefix}.name: Object with this name already exists\n`,
  );
  expect(await create({ name: "a", attributes: {} })).toBe(`${prefix}.attributes.public_key: You must specify a key\n`);
  expect(await create({ name: "a", attributes: { private_key, public_key: other["public_key"] } })).toBe(
    `${prefix}.attributes.public_key: Private key and public key do not match\n`,
  );
  expect(await create({ name: "a", attributes: { public_key: "nonsense" } })).toBe(
    `${prefix}.attributes.public_key: Invalid public key\n`,
  );
  const made = await din.call("keychaincredential.create", {
    name: "a",
    type: "SSH_KEY_PAIR",
    attributes: { private_key: ` ${private_key}\n\n` },
  });
  expect(made).toMatchObject({ attributes: { private_key: `${private_key?.trim()}\n` } });

  const task = { ...pair.push(), name: "to grogu", auto: false, also_include_naming_schema: ["x-%s"] };
  await din.call("replication.create", task);
  expect(await refusal(din, "keychaincredential.delete", 1)).toBe(
    "[EINVAL] options.cascade: This credential is used and no cascade option is specified\n",
  );
  expect(await din.call("keychaincredential.used_by", 1)).toEqual([
    { title: "SSH credentials grogu", unbind_method: "delete" },
    { title: "Replication task to grogu", unbind_method: "disable" },
  ]);
  await din.call("keychaincredential.delete", 1, { cascade: true });
  expect(await din.call("replication.query")).toMatchObject([{ enabled: false, ssh_credentials: null }]);

  const scan = { host: "10.10.10.21" };
  expect(await din.call("keychaincredential.remote_ssh_host_key_scan", scan)).toBe(grogu.endpoint.hostKey);
  await pair.world.powerOff("grogu");
  expect(await refusal(din, "keychaincredential.remote_ssh_host_key_scan", scan)).toBe("[EFAULT] ssh-keyscan failed: ");
});
