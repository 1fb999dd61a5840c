import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { expect, test } from "vitest";
import { policiesFor } from "../../policies/policies.ts";

/** A resource that counts how often somebody looks at what it is. */
function counted(name: string): { readonly resource: PolicyResource; readonly looks: () => number } {
  let looks = 0;
  const props = { name, userProperties: {} };
  const resource = { type: "truenas:index:Dataset", name, urn: `urn::${name}`, opts: {}, dependencies: [] };
  Object.defineProperty(resource, "props", {
    get: () => {
      looks += 1;
      return props;
    },
  });
  return { resource: resource as unknown as PolicyResource, looks: () => looks };
}

test("all policies of the pack together look at a resource once, and once more in the next analysis", async () => {
  const { resource, looks } = counted("tank/a");
  const policies = policiesFor("steady");
  const analyse = async () => {
    for (const policy of policies) {
      const args = { resources: [resource], getConfig: () => ({}) } as unknown as StackValidationArgs;
      await policy.validateStack(args, () => undefined);
    }
  };

  await analyse();
  expect(looks()).toBe(1);

  await analyse();
  expect(looks()).toBe(2);
});
