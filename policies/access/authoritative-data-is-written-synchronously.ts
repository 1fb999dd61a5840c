import { ancestorsOf, isOf, pathOf } from "../classification/data.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";

/** With sync disabled a power cut loses what clients were told is safe. */
export const authoritativeDataIsWrittenSynchronously: Rule = {
  name: "authoritative-data-is-written-synchronously",
  description: "Authoritative data must not have sync disabled.",
  source: "D3 NFS Security",
  remedy: "leave `sync` at STANDARD, or set it to ALWAYS",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "authoritative")) return [];
    const line = [data, ...ancestorsOf(pathOf(data), data.home, stack)];
    const setter = line.find(({ props }) => !["INHERIT", undefined].includes(textAt(props, "sync")));
    if (!setter || textAt(setter.props, "sync") !== "DISABLED") return [];
    const from = setter === data ? "" : ` by ${pathOf(setter)}`;
    return [`is authoritative and must not have sync disabled${from}`];
  },
};
