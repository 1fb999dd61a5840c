/** Why restic ended; tells apart what callers react to differently. */
export type ResticErrorKind = "no-repository" | "wrong-password" | "locked" | "no-snapshot" | "other";

const EXIT_CODES: Readonly<Record<ResticErrorKind, number>> = {
  "no-repository": 10,
  "wrong-password": 12,
  locked: 11,
  "no-snapshot": 1,
  other: 1,
};

/** restic has ended with an error; the message is what it prints. */
export class ResticError extends Error {
  readonly kind: ResticErrorKind;

  constructor(kind: ResticErrorKind, message: string) {
    super(`Fatal: ${message}`);
    this.kind = kind;
  }

  /** The line on stderr of a restic that was asked for JSON. */
  get line(): string {
    return JSON.stringify({ message_type: "exit_error", code: EXIT_CODES[this.kind], message: this.message });
  }
}
