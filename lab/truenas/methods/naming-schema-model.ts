import { type Kind, refined, str } from "../middleware/kinds.ts";
import { schemaProblem } from "../scheduling/naming-schema.ts";

/** A template for names of snapshots. */
export const namingSchema: Kind<string> = refined(str(), (value) => {
  const problem = schemaProblem(value);
  return problem === undefined ? undefined : `Value error, ${problem}`;
});
