import type { ApplianceState } from "../state/appliance-state.ts";
import type { Dialect } from "../versions.ts";
import type { Found } from "./alert-row.ts";
import type { Desk } from "./desk.ts";

/** Something that looks regularly whether there is anything to tell. */
export interface AlertSource {
  readonly name: string;
  /** The release without which it is not there. */
  readonly only?: Dialect;
  /** Milliseconds from one look to the next. @default at every minute */
  readonly every?: (dialect: Dialect) => number;
  /** Looks once a day, in this hour. */
  readonly hour?: number;
  /** What its findings follow from; while none of it changes they stay the same. */
  readonly reads: (state: ApplianceState) => readonly { readonly generation: number }[];
  /** When its findings change although nothing else does. */
  readonly turns?: (desk: Desk) => number | undefined;
  /** What there is to tell; undefined when it cannot say. */
  readonly look: (desk: Desk) => readonly Found[] | undefined;
}
