import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { SHARES } from "../tokens.ts";
import { dataBehind, declared } from "./data.ts";

/** A share has the class, owner and purpose of the data that it opens, so that data must say them. */
export const shareLiesOnDeclaredData: Rule = {
  name: "share-lies-on-declared-data",
  description: "Every share must open data whose class, owner and purpose are declared.",
  source: "D1 §8, ADR-0009",
  remedy: "declare the shared dataset in the site, or share one that is",
  severity: "high",
  weight: "always",
  judges: SHARES,
  judge(share, stack) {
    const path = textAt(share.props, "path") ?? "";
    const data = dataBehind(share, stack);
    if (path === "EXTERNAL" || (data && declared(data, "class"))) return [];
    return [`opens ${path}, and the dataset there must declare class, owner and purpose`];
  },
};
