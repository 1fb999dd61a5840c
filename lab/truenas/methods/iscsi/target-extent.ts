import { ValidationErrors } from "../../middleware/errors.ts";
import { bool, defaulted, int, nullable } from "../../middleware/kinds.ts";
import type { Context, Methods } from "../../middleware/method.ts";
import type { ObjectOf } from "../../middleware/models.ts";
import { rowMethods, rowsOf, type Stored } from "../rows.ts";

const NAMESPACE = "iscsi.targetextent";
const HIGHEST_LUN = 16_382;

const shape = { target: int(), lunid: defaulted(nullable(int()), null), extent: int() };

type Mapping = ObjectOf<typeof shape>;

function lowestFree(used: readonly (number | null)[]): number {
  let lun = 0;
  while (used.includes(lun)) lun += 1;
  return lun;
}

function checked(context: Context, prefix: string, wanted: Mapping, old: Stored<typeof shape> | undefined): Mapping {
  const errors = new ValidationErrors();
  const others = rowsOf<typeof shape>(context, NAMESPACE)
    .values()
    .filter(({ id }) => id !== old?.id);
  const luns = others.filter(({ target }) => target === wanted.target).map(({ lunid }) => lunid);
  const lunid = wanted.lunid ?? lowestFree(luns);
  if (lunid < 0 || lunid > HIGHEST_LUN)
    errors.add(`${prefix}.lunid`, `LUN ID must be a positive integer and lower than ${HIGHEST_LUN}`);
  if (luns.includes(lunid)) errors.add(`${prefix}.lunid`, "LUN ID is already being used for this target.");
  if (others.some(({ extent }) => extent === wanted.extent))
    errors.add(`${prefix}.extent`, "Extent is already in use.");
  errors.check();
  return { ...wanted, lunid };
}

/** `iscsi.targetextent.*`: which target offers which extent. */
export const iscsiTargetExtentMethods: Methods = rowMethods({
  namespace: NAMESPACE,
  noun: "iSCSITargetToExtent",
  shape,
  arguments: ["iscsi_target_to_extent_create", "iscsi_target_to_extent_update"],
  prefixes: ["iscsi_targetextent_create", "iscsi_targetextent_update"],
  checked,
  deletion: { force: defaulted(bool, false) },
});
