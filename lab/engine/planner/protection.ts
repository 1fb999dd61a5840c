/** Why a protected resource is not deleted. */
export function protectedFromDelete(urn: string): string {
  return `resource "${urn}" cannot be deleted because it is protected; remove "protect" from the resource in the program and run up, or run: pulumi state unprotect '${urn}'`;
}

/** Why a protected resource is not replaced. */
export function protectedFromReplace(urn: string): string {
  return `resource "${urn}" cannot be replaced because it is protected, and replacing it means deleting it; remove "protect" from the resource in the program and run up`;
}

/** Why a protected resource is not deleted ahead of the replacement of another one. */
export function protectedFromDependentReplace(urn: string, cause: string): string {
  return `resource "${urn}" would have to be deleted as part of replacing "${cause}", but it is protected; remove "protect" from it in the program and run up, or run: pulumi state unprotect '${urn}'`;
}
