/** A list of commands that sudo allows. */
export function commands(doc: string) {
  return {
    kind: "list",
    doc,
    items: { kind: "string", doc: "Full path of a command, or ALL alone." },
    compare: "set",
    unique: true,
    default: [],
  } as const;
}
