import type { Refusal, TextRule } from "./value.ts";

/** Longest name of a dataset that ZFS takes, in characters, the pool's name included. */
export const LONGEST_DATASET_NAME = 255;

const INTERNAL = [".system", "ix-applications", "ix-apps", ".ix-virt"];
const RESERVED_POOLS = /^(mirror|raidz|draid|spare|log|c[0-9])/;

/** The path of a dataset or zvol below its pool, such as `kubernetes/nfs-dynamic`. */
export const datasetName: TextRule<string> = {
  rule: "dataset-name",
  allowed: "names of a-z, A-Z, 0-9 and _ - . : joined by /, without the pool's name",
  remedy: "rename the dataset to what ZFS accepts",
  pattern: "^[A-Za-z0-9_.:-]+( +[A-Za-z0-9_.:-]+)*(/[A-Za-z0-9_.:-]+( +[A-Za-z0-9_.:-]+)*)*$",
  read: (input) => {
    const refused = input
      .split("/")
      .map((part) => refusedPart(input, part))
      .find((refusal) => refusal !== undefined);

    return refused === undefined ? { value: input } : { refused };
  },
};

function refusedPart(name: string, part: string): Refusal | undefined {
  if (part === "") return { says: `"${name}" has an empty part` };
  if (part === "." || part === "..") return { says: `"${part}" is not a name in ZFS` };
  if (INTERNAL.includes(part)) return { says: `"${part}" belongs to TrueNAS itself` };
  if (part !== part.trim()) return { says: `"${part}" starts or ends with a space` };

  const wrong = /[^A-Za-z0-9_.: -]/.exec(part)?.[0];
  return wrong === undefined ? undefined : { says: `"${name}" contains ${JSON.stringify(wrong)}` };
}

/** The name of a pool. */
export const poolName: TextRule<string> = {
  rule: "pool-name",
  allowed: "a letter, then a-z, A-Z, 0-9 and _ - . :, at most 50 characters, not a word that ZFS uses for vdevs",
  remedy: "choose another name for the pool",
  pattern: "^[A-Za-z][A-Za-z0-9_.:-]{0,49}$",
  read: (input) => {
    if (!/^[A-Za-z][A-Za-z0-9_.:-]{0,49}$/.test(input)) return { refused: { says: `"${input}" is not a pool name` } };
    if (RESERVED_POOLS.test(input)) return { refused: { says: `"${input}" starts with a word that ZFS reserves` } };
    return { value: input };
  },
};
