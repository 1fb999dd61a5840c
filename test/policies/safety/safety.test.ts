import { describe, expect, test } from "vitest";
import { authoritativeDataIsNotDestroyed } from "../../../policies/safety/authoritative-data-is-not-destroyed.ts";
import { authoritativeDataIsProtected } from "../../../policies/safety/authoritative-data-is-protected.ts";
import { nameIsNotShadowed } from "../../../policies/safety/name-is-not-shadowed.ts";
import { noSecretInPlainText } from "../../../policies/safety/no-secret-in-plain-text.ts";
import { poolIsNotDestroyed } from "../../../policies/safety/pool-is-not-destroyed.ts";
import { poolIsProtected } from "../../../policies/safety/pool-is-protected.ts";
import { isSecretField, shapeOf } from "../../../policies/safety/secrets.ts";
import { secretsStayOutOfArguments } from "../../../policies/safety/secrets-stay-out-of-arguments.ts";
import { dataset, kubernetes, machine, nfs, pool, site, smb, truenas, UNKNOWN, zvol } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const bare = <T extends object>(resource: T) => ({ ...resource, protect: false });
const waiting = { ...bare(pool("tank")), type: "homelab:waiting:Pool" };

testRule(poolIsProtected, {
  violates: [
    [[bare(pool("tank"))], 'pool "nas/tank" must be protected against deletion and replacement'],
    [[bare(pool("tank", { name: UNKNOWN }))], 'pool "nas/tank" must be protected against deletion and replacement'],
  ],
  complies: [[pool("tank")], [site({ retained: ["nas/tank"] }), bare(pool("tank"))]],
  ignores: [[waiting], [bare(dataset("tank/a", "runtime"))]],
  undecided: "never",
});

const appliance = (props: object) => ({ type: "homelab:storage:TrueNas", name: "nas", props: { ...props } });

testRule(secretsStayOutOfArguments, {
  violates: [
    [
      [appliance({ secrets: "argv" })],
      'appliance "nas" must not be sent secrets in arguments, which its process list shows',
    ],
  ],
  complies: [[appliance({ secrets: "stdin" })]],
  ignores: [[pool("tank")], [appliance({})]],
  undecided: [[appliance({ secrets: UNKNOWN })], "nas"],
});

testRule(poolIsNotDestroyed, {
  violates: [[[pool("tank", { onDestroy: "destroy" })], 'pool "nas/tank" must not be destroyed with its lines']],
  complies: [[pool("tank")]],
  ignores: [[dataset("tank/a", "runtime", { onDestroy: "destroy" })]],
  undecided: [[pool("tank", { onDestroy: UNKNOWN })], "nas/tank"],
});

testRule(authoritativeDataIsProtected, {
  violates: [
    [
      [bare(dataset("tank/a", "authoritative"))],
      'dataset "nas/tank/a" is authoritative and must be protected against deletion and replacement',
    ],
    [
      [bare(zvol("tank/z", "authoritative"))],
      'zvol "nas/tank/z" is authoritative and must be protected against deletion and replacement',
    ],
  ],
  complies: [
    [dataset("tank/a", "authoritative")],
    [site({ retained: ["nas/tank/a"] }), bare(dataset("tank/a", "authoritative"))],
  ],
  ignores: [[bare(dataset("tank/a", "runtime"))]],
  undecided: [[bare(dataset("tank/a", UNKNOWN))], "nas/tank/a"],
});

testRule(authoritativeDataIsNotDestroyed, {
  violates: [
    [
      [dataset("tank/a", "authoritative", { onDestroy: "destroy" })],
      'dataset "nas/tank/a" is authoritative and must not be destroyed with its lines',
    ],
  ],
  complies: [[dataset("tank/a", "authoritative", { onDestroy: "refuse" })]],
  ignores: [[dataset("tank/a", "disposable", { onDestroy: "destroy" })]],
  undecided: [[dataset("tank/a", "authoritative", { onDestroy: UNKNOWN })], "nas/tank/a"],
});

const KEY = ["-----BEGIN OPENSSH", "PRIVATE KEY-----"].join(" ");

testRule(noSecretInPlainText, {
  violates: [
    [
      [dataset("tank/a", "runtime", { comments: `key: ${KEY}`, recordsize: UNKNOWN })],
      'dataset "nas/tank/a" shows a private key in comments and must not hold it in plain text',
    ],
    [
      [machine("web", { initialization: { commands: [`curl https://user:${"hunter2"}@example.org`] } })],
      'virtual machine "web" shows a password in a URL in initialization.commands[0] and must not hold it in plain text',
    ],
  ],
  complies: [[dataset("tank/a", "runtime", { comments: "the key lies in the safe" })]],
  ignores: [
    [machine("web", { initialization: { userAccount: { password: KEY } } })],
    [kubernetes("core/v1:Secret", "tls", { stringData: { "tls.key": KEY } })],
    [
      truenas("AlertService", "slack", {
        type: "Slack",
        url: "https://hooks.slack.com/services/T00000000/B00/abcdefghijkl",
      }),
    ],
  ],
  undecided: "never",
});

describe("secrets", () => {
  test.each([
    ["AKIAABCDEFGHIJKLMNOP", "an AWS access key"],
    [`ghp_${"a1".repeat(18)}`, "a GitHub token"],
    [`12-${"aZ".repeat(32)}`, "a TrueNAS API key"],
    [`xoxb-${"1".repeat(12)}`, "a Slack token"],
    [`AGE-SECRET-KEY-1${"Q".repeat(58)}`, "an age key"],
    ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ", undefined],
    ["hourly-%Y-%m-%d_%H-%M", undefined],
    ["https://example.org/path", undefined],
  ])("%s has the shape of %s", (text, shape) => {
    expect(shapeOf(text)).toBe(shape);
  });

  test.each([
    ["password", true],
    ["privateKey", true],
    ["apiToken", true],
    ["bindpw", false],
    ["secretName", false],
    ["privateKeyFile", false],
    ["accessKeyId", false],
    ["comments", false],
  ])("the property %s is made for them: %s", (name, made) => {
    expect(isSecretField(name)).toBe(made);
  });
});

testRule(nameIsNotShadowed, {
  violates: [
    [
      [dataset("tank/a", "runtime"), zvol("tank/a", "runtime")],
      'zvol "nas/tank/a" takes the name of nas/tank/a and must have one of its own',
    ],
    [
      [smb("Media", "tank/a"), smb("media", "tank/b")],
      'SMB share "nas/media" takes the name of nas/Media and must have one of its own',
    ],
    [[machine("one"), machine("two")], 'virtual machine "two" takes the name of one and must have one of its own'],
  ],
  complies: [
    [dataset("tank/a", "runtime"), dataset("tank/a", "runtime", {}, "vault")],
    [machine("one"), machine("two", { vmId: 401 })],
  ],
  ignores: [[nfs("tank/a"), smb("a", "tank/a")]],
  undecided: [[smb("a", "tank/a", { name: UNKNOWN })], "nas/a"],
});
