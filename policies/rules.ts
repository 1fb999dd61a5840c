import { poolIsNotOverCommitted } from "./capacity/pool-is-not-over-committed.ts";
import { dataDeclaresClass } from "./ownership/data-declares-class.ts";
import { dataDeclaresOwner } from "./ownership/data-declares-owner.ts";
import { dataDeclaresPurpose } from "./ownership/data-declares-purpose.ts";
import type { Rule } from "./rule.ts";

/** Every rule of the pack; a new rule is one new line here. */
export const rules: readonly Rule[] = [
  dataDeclaresClass,
  dataDeclaresOwner,
  dataDeclaresPurpose,
  poolIsNotOverCommitted,
];
