/** What a command needs was not to be had; the process ends with exit code 1. */
export class Failure extends Error {
  override readonly name = "Failure";
}
