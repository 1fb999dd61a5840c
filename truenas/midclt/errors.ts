/** What went wrong, for callers to switch on; they never look at texts. */
export type ErrorKind =
  | "not-found"
  | "exists"
  | "busy"
  | "not-yet"
  | "validation"
  | "full"
  | "auth"
  | "sudo"
  | "login"
  | "host-key"
  | "unreachable"
  | "restarting"
  | "transport"
  | "timeout"
  | "too-big"
  | "unsupported"
  | "protocol"
  | "cancelled"
  | "failed";

/** The facts of a failed call. */
export interface Failure {
  readonly kind: ErrorKind;
  /** Name of the appliance. */
  readonly host: string;
  readonly method?: string | undefined;
  readonly errno?: string | undefined;
  /** What the other side said, or what was seen. */
  readonly detail: string;
  /** True when the call may have taken effect although it failed. */
  readonly uncertain?: boolean;
}

/** A call that the appliance refused, or that never got an answer. */
export class MidcltError extends Error {
  override readonly name = "MidcltError";
  readonly kind: ErrorKind;
  readonly host: string;
  readonly method: string | undefined;
  readonly errno: string | undefined;
  readonly detail: string;
  readonly uncertain: boolean;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failureMessage(failure), options);
    this.kind = failure.kind;
    this.host = failure.host;
    this.method = failure.method;
    this.errno = failure.errno;
    this.detail = failure.detail;
    this.uncertain = failure.uncertain ?? false;
  }
}

const SENTENCES: Readonly<Record<ErrorKind, (method: string, detail: string) => string>> = {
  "not-found": (method, detail) => `${method} found nothing: ${detail}; run refresh to see what is there`,
  exists: (method, detail) => `${method} was refused because it exists already: ${detail}`,
  busy: (method, detail) => `${method} was refused because something uses it: ${detail}; end that use and run again`,
  "not-yet": (method, detail) =>
    `${method} was refused because what it needs has not appeared: ${detail}; see that it is there and run again`,
  validation: (method, detail) => `${method} was refused: ${detail}`,
  full: (method, detail) =>
    `${method} failed for lack of space: ${detail}; free space or lower the reservation, and run again`,
  auth: (method, detail) =>
    `${method} was not permitted: ${detail}; use root, a full administrator, or sudo: true with midclt allowed`,
  sudo: (method, detail) => `${method} was not sent, because it carries a secret: ${detail}`,
  login: (_method, detail) => detail,
  "host-key": (_method, detail) => detail,
  unreachable: (_method, detail) => detail,
  restarting: (method, detail) =>
    `${method} found no middleware: ${detail}; wait until the appliance is up, and run again`,
  transport: (method, detail) => `${method} got no answer: ${detail}; see that the appliance is well, and run again`,
  timeout: (method, detail) =>
    `${method} got no answer in time: ${detail}; see that the appliance is well, and run again`,
  "too-big": (method, detail) => `${method} was not sent: ${detail}`,
  unsupported: (method, detail) => `${method} is not possible there: ${detail}`,
  protocol: (method, detail) => `${method} got an answer that makes no sense: ${detail}`,
  cancelled: (method, detail) => `${method} was not sent: ${detail}`,
  failed: (method, detail) => `${method} failed: ${detail}`,
};

/** One sentence for a person: which appliance, which call, what happened, what to do. */
export function failureMessage(failure: Failure): string {
  return `${failure.host}: ${SENTENCES[failure.kind](failure.method ?? "the connection", failure.detail)}`;
}
