import { formatPath } from "../problem.ts";
import { coversResource } from "../vocabulary.ts";
import { volumesWritten, type WrittenVolumes } from "../written-volumes.ts";
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
  find: (subject) => {
    const { names, hidden } = resourcesOf(subject);

    return subject.site.waivers.flatMap(({ resource }, at) =>
      hidden || names.some((name) => coversResource(resource, name))
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
    );
  },
};

/** Everything that a policy may speak of, as it is named in the site, and whether some of it cannot be read. */
function resourcesOf({ site, written }: Subject): WrittenVolumes {
  const maps = ["hosts", "networks", "clusters", "workloads", "replications", "offsites", "restoreTests", "appliances"];
  const appliances = written.namesAt("appliances").map((name) => ({ name, volumes: volumesWritten(written, name) }));
  const pools = appliances.flatMap(({ name }) =>
    written.namesAt("appliances", name, "pools").map((p) => `${name}/${p}`),
  );
  const volumes = appliances.flatMap(({ name, volumes: { names } }) => names.map((volume) => `${name}/${volume}`));

  return {
    names: [site.name, ...maps.flatMap((map) => written.namesAt(map)), ...pools, ...volumes],
    hidden: maps.some((map) => written.isMangledMap(map)) || appliances.some(({ volumes: { hidden } }) => hidden),
  };
}
