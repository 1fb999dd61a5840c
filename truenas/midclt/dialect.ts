import type { Dialect } from "../model/resource-type.ts";
import { MidcltError } from "./errors.ts";

const SUPPORTED: readonly Dialect[] = ["25.04", "25.10"];

/** The generation of the middleware that a version such as `25.10.1` belongs to; throws for others. */
export function dialectOf(version: unknown, host: string): Dialect {
  const text = String(version);
  const found = SUPPORTED.find(
    (dialect) => text === dialect || text.startsWith(`${dialect}.`) || text.startsWith(`${dialect}-`),
  );
  if (found) return found;
  const detail = `it runs TrueNAS "${text}", and this provider knows ${SUPPORTED.join(" and ")}; nothing was changed. Use one of these, or a provider that knows it`;
  throw new MidcltError({ kind: "unsupported", host, method: "managing this appliance", detail });
}
