export const STACK_TYPE = "pulumi:pulumi:Stack";
const PROVIDER_PREFIX = "pulumi:providers:";

interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** Types of all ancestors and of the resource itself, joined by `$`. */
  readonly qualifiedType: string;
  readonly type: string;
  readonly name: string;
}

/** Splits a URN; throws when the text is none. */
export function parseUrn(urn: string): UrnParts {
  const [head, project, qualifiedType, ...name] = urn.split("::");
  if (!head?.startsWith("urn:pulumi:") || project === undefined || qualifiedType === undefined || name.length === 0) {
    throw new Error(`"${urn}" is not a URN; a URN reads urn:pulumi:<stack>::<project>::<type>::<name>`);
  }
  const type = qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1);
  return { stack: head.slice("urn:pulumi:".length), project, qualifiedType, type, name: name.join("::") };
}

/** The URN of a resource; the types of its ancestors (but the stack's) are part of it. */
export function createUrn(stack: string, project: string, parent: string | undefined, type: string, name: string) {
  const parentType = parent === undefined || parent === "" ? "" : parseUrn(parent).qualifiedType;
  const prefix = parentType === "" || parentType === STACK_TYPE ? "" : `${parentType}$`;
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

/** The URN of the stack itself, which is the root of the resource tree. */
export function stackUrn(stack: string, project: string): string {
  return createUrn(stack, project, undefined, STACK_TYPE, `${project}-${stack}`);
}

/** True for the type token of a provider resource. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

/** The type token of a package's provider resource. */
export function providerType(pkg: string): string {
  return `${PROVIDER_PREFIX}${pkg}`;
}

/** The package of a type token, e.g. `random` of `random:index/randomPet:RandomPet`. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_PREFIX.length) : type.slice(0, type.indexOf(":"));
}

/** Splits a provider reference `urn::id`. */
export function parseReference(reference: string): { readonly urn: string; readonly id: string } {
  const split = reference.lastIndexOf("::");
  return { urn: reference.slice(0, split), id: reference.slice(split + 2) };
}
