/** A restore test that could not be performed, or that showed a copy to be unfit: recorded as evidence of a failure. */
export class DrillError extends Error {
  override readonly name = "DrillError";
}
