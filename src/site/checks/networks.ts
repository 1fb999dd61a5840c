import { blockOf, overlap } from "../addresses.ts";
import type { Check } from "./check.ts";
import { pairsOf, repeated } from "./repeated.ts";

/** No address belongs to two networks. */
export const networksDoNotOverlap: Check = {
  rule: "networks-do-not-overlap",
  find: ({ site }) =>
    pairsOf(Object.entries(site.networks))
      .filter(([[, one], [, other]]) => overlap(blockOf(one.cidr), blockOf(other.cidr)))
      .map(([[first, one], [name, other]]) => ({
        path: ["networks", name, "cidr"],
        says: `${other.cidr} overlaps ${one.cidr} of ${first}`,
        allowed: "a network that shares no address with another one",
        remedy: "move or shrink one of the two",
      })),
};

/** Every network has a tag of its own. */
export const uniqueVlans: Check = {
  rule: "unique-vlans",
  find: ({ site }) =>
    repeated(Object.entries(site.networks), ([, { vlan }]) => vlan).map(({ first, again }) => ({
      path: ["networks", again[0], "vlan"],
      says: `${again[1].vlan} is also the tag of ${first[0]}`,
      allowed: "a tag that no other network has",
      remedy: "give one of the two another tag",
    })),
};
