import { LONGEST_DATASET_NAME } from "../dataset-names.ts";
import { ancestorsOf, datasetsOf, zvolsOf } from "../walk.ts";
import type { Check } from "./check.ts";

/** Every dataset and zvol has a parent that the site declares, so that the parent's class and owner are known too. */
export const parentIsDeclared: Check = {
  rule: "parent-is-declared",
  find: ({ site, written }) =>
    [...datasetsOf(site), ...zvolsOf(site)].flatMap(({ appliance, pool, name, path }) => {
      const parent = ancestorsOf(name)[0];
      const holder = ["appliances", appliance, "pools", pool];
      if (parent === undefined || written.declares(...holder, "datasets", parent)) return [];
      if (written.isMangledMap(...holder, "datasets")) return [];

      const zvol = written.declares(...holder, "zvols", parent);
      const says = zvol ? `its parent ${parent} is a zvol` : `its parent ${parent} is not declared`;
      const remedy = zvol ? "move it under a dataset" : `declare ${parent}, as a container if it only groups others`;
      return [{ path, value: name, says, allowed: "a parent among the pool's datasets", remedy }];
    }),
};

/** A path is a dataset or a zvol, not both. */
export const oneVolumePerPath: Check = {
  rule: "one-volume-per-path",
  find: ({ site, written }) =>
    zvolsOf(site)
      .filter(({ appliance, pool, name }) => written.declares("appliances", appliance, "pools", pool, "datasets", name))
      .map(({ name, path }) => ({
        path,
        value: name,
        says: `${name} is a dataset already`,
        allowed: "a path that no dataset of the pool has",
        remedy: "rename one of the two",
      })),
};

/** Names stay within what ZFS can hold. */
export const datasetNameLength: Check = {
  rule: "dataset-name-length",
  find: ({ site }) =>
    [...datasetsOf(site), ...zvolsOf(site)]
      .map(({ pool, name, path }) => ({ path, length: `${pool}/${name}`.length, name }))
      .filter(({ length }) => length > LONGEST_DATASET_NAME)
      .map(({ path, name, length }) => ({
        path,
        value: name,
        says: `its whole name has ${length} characters`,
        allowed: `at most ${LONGEST_DATASET_NAME} characters, the pool's name included`,
        remedy: "shorten the name",
      })),
};
