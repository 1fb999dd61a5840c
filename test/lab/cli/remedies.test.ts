import { expect, test } from "vitest";
import { remedyFor } from "../../../lab/cli/remedies.ts";
import type { Step } from "../../../lab/engine/index.ts";

const NAME = "nas/tank/photos";
const TYPE = "truenas:index:Dataset";
const URN = `urn:pulumi:prod::homelab::homelab:storage:TrueNas$${TYPE}::${NAME}`;
const TWO_STEPS = `set onDestroy: retain on ${NAME} in the site and run up; then delete its lines and run up again: the data stays on the appliance`;

const deleted = { urn: URN, message: `resource "${URN}" cannot be deleted because it is protected` };
const replaced = { urn: URN, message: `resource "${URN}" cannot be replaced because it is protected` };

test("data whose lines are gone is let go of in two steps", () => {
  expect(remedyFor(deleted, [])).toEqual({ remedy: TWO_STEPS });
});

test("data whose host has gone offline stays managed while the host is in maintenance", () => {
  const type = "homelab:waiting:Dataset";
  const inputs = { waitingFor: { host: "din", state: "offline" } };
  const waiting: Step = { urn: URN.replace(TYPE, type), type, op: "create", custom: false, inputs };

  expect(remedyFor(deleted, [waiting])).toEqual({
    remedy: "give host din the state maintenance: what lies on it stays managed and is left alone meanwhile",
  });
});

test("data that would have to be made anew keeps what cannot be changed", () => {
  const diff = { casesensitivity: { kind: "update-replace" }, compression: { kind: "update" } } as const;
  const step: Step = { urn: URN, type: TYPE, op: "replace", custom: true, inputs: {}, diff };

  expect(remedyFor(replaced, [step])).toEqual({
    remedy: `put casesensitivity back, since no Dataset can change that once it is made. To start anew, ${TWO_STEPS}; rename it there, declare it again, and copy the data`,
  });
});

test("what states its own remedy keeps it, and what states none has none", () => {
  const stated = { message: "homelab:site.name: is missing; allowed: a name; remedy: add the line" };

  expect(remedyFor(stated, [])).toEqual({ remedy: "add the line" });
  expect(remedyFor({ message: "the program ended with 1" }, [])).toEqual({});
});
