import { formatPath } from "../problem.ts";
import { coversResource } from "../vocabulary.ts";
import type { Check, Subject } from "./check.ts";
import { repeated } from "./repeated.ts";

/** An exception is accepted once, so that its end is clear. */
export const uniqueWaivers: Check = {
  rule: "unique-waivers",
  find: ({ site }) => {
    const waivers = site.waivers.map((waiver, at) => ({ ...waiver, path: ["waivers", at] }));

    return repeated(waivers, ({ rule, resource }) => `${rule} ${resource}`).map(({ first, again }) => ({
      path: again.path,
      says: `${again.rule} is waived for ${again.resource} by ${formatPath(first.path)} already`,
      allowed: "one waiver for a rule and a resource",
      remedy: "keep the one whose reason and end are meant",
    }));
  },
};

/** An exception is for something that exists. */
export const waiverCoversSomething: Check = {
  rule: "waiver-covers-something",
  find: (subject) =>
    subject.site.waivers.flatMap(({ resource }, at) =>
      resourcesOf(subject).some((name) => coversResource(resource, name))
        ? []
        : [
            {
              path: ["waivers", at, "resource"],
              says: `"${resource}" covers nothing of this site`,
              allowed:
                "appliance, appliance/pool, appliance/pool/dataset, or a host, cluster or workload; * for any characters",
              remedy: "write the resource's name, or remove the waiver",
            },
          ],
    ),
};

/** Everything that a policy may speak of, as it is named in the site, be the rest of it right or wrong. */
function resourcesOf({ site, written }: Subject): string[] {
  const named = ["hosts", "networks", "clusters", "workloads", "replications", "offsites"];
  const volumes = written.namesAt("appliances").flatMap((appliance) =>
    written.namesAt("appliances", appliance, "pools").flatMap((pool) => {
      const holder = ["appliances", appliance, "pools", pool];
      const names = [...written.namesAt(...holder, "datasets"), ...written.namesAt(...holder, "zvols")];
      return [`${appliance}/${pool}`, ...names.map((name) => `${appliance}/${pool}/${name}`)];
    }),
  );
  return [site.name, ...named.flatMap((map) => written.namesAt(map)), ...written.namesAt("appliances"), ...volumes];
}
