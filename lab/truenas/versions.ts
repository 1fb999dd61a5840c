/** The dialects that the simulator speaks. */
export type Dialect = "25.04" | "25.10";

/** The dialect of a release; releases other than 25.04 speak 25.10's, whatever `system.version` says. */
export function dialectOf(version: string): Dialect {
  return version.startsWith("25.04") ? "25.04" : "25.10";
}
