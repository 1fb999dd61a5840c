import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SecretsManager } from "../../../lab/engine/state/secrets.ts";
import { StateFile } from "../../../lab/engine/state/state-file.ts";

const folder = mkdtempSync(join(tmpdir(), "homelab-state-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const RESTORE = "put back a copy of it, or move it away to start from nothing";
const URN = "urn:pulumi:dev::homelab::random:index/randomPassword:RandomPassword::a";
const ciphertext = (text: string) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: text });

/** A state with one secret in it. */
function sealed(secret: string, salt?: string) {
  const resource = { urn: URN, type: "random:index/randomPassword:RandomPassword", outputs: { a: ciphertext(secret) } };
  const providers = salt === undefined ? {} : { secrets_providers: { type: "passphrase", state: { salt } } };
  return { version: 3, deployment: { manifest: {}, ...providers, resources: [resource] } };
}

function stateFile(content: unknown, passphrase = "swordfish"): StateFile {
  const path = join(folder, "dev.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return new StateFile(path, passphrase);
}

describe("a state file that cannot be read", () => {
  test.each([
    ["{", `is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2); ${RESTORE}`],
    ["null", `is not a Pulumi deployment of version 3 (version: undefined); ${RESTORE}`],
    [{ version: 2, deployment: {} }, `is not a Pulumi deployment of version 3 (version: 2); ${RESTORE}`],
    [sealed("v1:a:b"), `holds encrypted secrets, but no passphrase salt in secrets_providers; ${RESTORE}`],
  ])("%j", async (content, says) => {
    const file = stateFile(content);

    await expect(file.load()).rejects.toThrow(new Error(`${file.path} ${says}`));
  });

  test("since its salt is damaged", async () => {
    await expect(stateFile(sealed("v1:a:b", "v1:abc")).load()).rejects.toThrow(
      new Error(
        'the salt "v1:abc" in secrets_providers is not of the form v1:<salt>:v1:<nonce>:<check>; put back a copy of the state',
      ),
    );
  });

  test("since the passphrase is another one", async () => {
    const { salt } = await SecretsManager.create("swordfish");

    await expect(stateFile(sealed("v1:a:b", salt), "trout").load()).rejects.toThrow(
      new Error(
        "the passphrase does not open the secrets of this state; set PULUMI_CONFIG_PASSPHRASE to the one it was written with",
      ),
    );
  });

  test("since a secret in it is damaged", async () => {
    const { salt } = await SecretsManager.create("swordfish");

    await expect(stateFile(sealed("v0:a:b", salt)).load()).rejects.toThrow(
      new Error("a secret of this state is not of the form v1:<nonce>:<ciphertext>; put back a copy of the state"),
    );
  });
});
