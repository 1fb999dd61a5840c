/** The property by which a program takes over what somebody else made; `what` names such an object. */
export function adopt(what: string) {
  return {
    kind: "boolean",
    doc: `Takes over and updates ${what} that somebody else made. Default false.`,
    default: false,
    providerSide: true,
    hint: true,
  } as const;
}
