/** One refused attribute of a call, as the middleware reports it. */
export interface Refusal {
  /** Dotted path of the attribute; null when the object as a whole was not found. */
  readonly attribute: string | null;
  /** What is wrong with it. */
  readonly message: string;
  /** Name of the errno, e.g. `EINVAL`. */
  readonly errno: string;
}

/** An error raised on purpose by a method; printed as `[ERRNO] message` with a traceback. */
export class CallError extends Error {
  /** Name of the errno, e.g. `EBUSY`; `EFAULT` when the method names none. */
  readonly errno: string;
  /** Further data that midclt pretty-prints below the traceback, or null. */
  readonly extra: unknown;

  constructor(message: string, errno = "EFAULT", extra: unknown = null) {
    super(message);
    this.errno = errno;
    this.extra = extra;
  }
}

/** Every attribute of the arguments that was refused, all at once. */
export class ValidationErrors extends Error {
  readonly refusals: Refusal[] = [];

  add(attribute: string | null, message: string, errno = "EINVAL"): this {
    this.refusals.push({ attribute, message, errno });
    return this;
  }

  extend(other: ValidationErrors): this {
    this.refusals.push(...other.refusals);
    return this;
  }

  /** Throws itself when anything was refused so far. */
  check(): void {
    if (this.refusals.length > 0) throw this;
  }
}

/** A single refused attribute; differs from a list of them only in how a bulk item spells it. */
export class ValidationError extends ValidationErrors {
  constructor(attribute: string | null, message: string, errno = "EINVAL") {
    super();
    this.add(attribute, message, errno);
  }
}

/** `get_instance`, `update` or `delete` of an object that does not exist. */
export class InstanceNotFound extends ValidationError {
  constructor(message: string) {
    super(null, message, "ENOENT");
  }
}

/** A query with `get: true` that matched nothing. */
export class MatchNotFound extends Error {}

/** A method that this release does not have. */
export class MethodNotFound extends Error {}

/** The middleware went away while the call was under way. */
export class ConnectionLost extends Error {}

/** Python's `str(exception)`, which is how `core.bulk` and the job table report an error. */
export function errorText(error: unknown): string {
  if (error instanceof CallError) return `[${error.errno}] ${error.message}`;
  if (error instanceof ValidationErrors) {
    const lines = error.refusals.map((r) => `[${r.errno}] ${r.attribute ?? "None"}: ${r.message}`);
    return error instanceof ValidationError ? lines.join("\n") : lines.map((line) => `${line}\n`).join("");
  }
  return error instanceof Error ? error.message : String(error);
}

/** Python's `repr(exception)` as far as clients see it. */
export function errorRepr(error: unknown): string {
  if (error instanceof CallError) return `CallError(${pythonString(error.message)})`;
  if (error instanceof ValidationErrors) return "ValidationErrors()";
  if (error instanceof MatchNotFound) return "MatchNotFound()";
  return `${error instanceof Error ? error.constructor.name : "Exception"}(${pythonString(errorText(error))})`;
}

/** Python's `repr` of a string: single quotes unless the text holds one and no double quote. */
export function pythonString(text: string): string {
  const body = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r");
  return body.includes("'") && !body.includes('"') ? `"${body}"` : `'${body.replaceAll("'", "\\'")}'`;
}

/** Errnos that Python's table knows; the client spells the others EUNKNOWN inside validation errors. */
export const POSIX_ERRNO =
  /^E(?!NOMETHOD|SERVICESTARTFAILURE|DATASETISLOCKED|NOTAUTHENTICATED|REBOOTREQUIRED|HAUNAVAILABLE)[A-Z0-9]+$/;
