/** Why a replication failed, in the words of what failed. */
export class ReplicationError extends Error {
  /** True when it is tried again at once, as often as the task says. */
  readonly recoverable: boolean;

  constructor(message: string, recoverable = false) {
    super(message);
    this.recoverable = recoverable;
  }
}
