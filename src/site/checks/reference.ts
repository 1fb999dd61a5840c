import type { PathPart } from "../problem.ts";

/** A name that stands for something declared elsewhere. */
export interface Reference {
  readonly path: readonly PathPart[];
  readonly name: string;
  /** Maps in which the name may be declared. */
  readonly maps: readonly (readonly PathPart[])[];
  /** What those maps hold. */
  readonly kind: string;
}
