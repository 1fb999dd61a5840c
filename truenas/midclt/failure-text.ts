import { withCloudAdvice } from "./cloud-words.ts";
import type { ErrorKind } from "./errors.ts";

/** What a failed call said, sorted out. */
export interface FailureText {
  readonly kind: ErrorKind;
  readonly errno?: string;
  readonly detail: string;
  readonly uncertain?: boolean;
}

const KIND_OF_ERRNO: Readonly<Record<string, ErrorKind>> = {
  ENOENT: "not-found",
  EZFS_NOENT: "not-found",
  EEXIST: "exists",
  EZFS_EXISTS: "exists",
  EBUSY: "busy",
  EZFS_BUSY: "busy",
  EINVAL: "validation",
  ENOSPC: "full",
  EDQUOT: "full",
  EZFS_NOSPC: "full",
  EACCES: "auth",
  EPERM: "auth",
  ENOTAUTHENTICATED: "auth",
  ENOMETHOD: "unsupported",
};

/** Texts that say more than their errno, or have none. The first match counts. */
const KIND_OF_TEXT: readonly (readonly [pattern: RegExp, kind: ErrorKind])[] = [
  [/out of space|no space left/i, "full"],
  [/^Call timeout/m, "timeout"],
  [/Daemon not running|Failed connection handshake/, "restarting"],
  [/sharing_smb_getacl\.share_name: Share does not exist/, "not-found"],
  [/Device '\/dev\/zvol\/.*does not exist/, "not-yet"],
  [/MatchNotFound\(\)/, "not-found"],
  [/Method does not exist/, "unsupported"],
  [/Max message length/, "too-big"],
  [/WebSocket connection closed/, "transport"],
  [/a password is required|a terminal is required|not in the sudoers|is not allowed to execute/, "auth"],
  [/command not found|(midclt|python3): not found|No module named/, "unsupported"],
  [/dataset is busy/i, "busy"],
];

/** The call had been sent when this happened, so it may have taken effect. */
const WITHOUT_ANSWER: ReadonlySet<ErrorKind> = new Set(["timeout", "transport"]);

const LINE = /^\[([A-Z][A-Z_0-9]*)\] (.*)$/;

/** Sorts out the error stream of `midclt`, or the error text of one item of a bulk; noise around it is dropped. */
export function readFailure(text: string): FailureText {
  const reason = text.split(/^Traceback/m)[0] ?? "";
  const lines = reason
    .split("\n")
    .map((line) => LINE.exec(line.trim()))
    .filter((match) => match !== null);
  const errno = lines[0]?.[1];
  const said = lines.map(([, , rest]) => withoutNobody(rest ?? "")).join("; ");
  const byText = KIND_OF_TEXT.find(([pattern]) => pattern.test(reason));
  const detail = said || lineOf(reason, byText?.[0]) || lastLine(text) || "it gave no reason";
  const kind = byText?.[1] ?? (errno ? (KIND_OF_ERRNO[errno] ?? "failed") : "failed");

  return {
    kind,
    detail: withCloudAdvice(detail),
    ...(errno ? { errno } : {}),
    ...(WITHOUT_ANSWER.has(kind) ? { uncertain: true } : {}),
  };
}

/** A job's progress stands before what ended it: the line that tells counts, else all of them. */
function lineOf(reason: string, pattern: RegExp | undefined): string {
  const line = pattern && reason.split("\n").find((one) => pattern.test(one));

  return (line ?? reason).trim();
}

/** A traceback ends with what was raised. */
function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() ?? "";
}

/** An error that belongs to no field is attributed to ALL or None. */
function withoutNobody(text: string): string {
  return text.replace(/^(ALL|None): /, "").trim();
}
