import { parse } from "shell-quote";
import type { FileTool } from "./file-tools.ts";

/** What an SSH exec request comes down to. */
export type Command =
  | {
      readonly kind: "midclt";
      readonly words: readonly string[];
      readonly environment: Readonly<Record<string, string>>;
      /** The user that the process runs as after sudo. */
      readonly user: string;
    }
  | {
      readonly kind: "python";
      /** The text of the program. */
      readonly program: string;
      readonly environment: Readonly<Record<string, string>>;
      readonly user: string;
    }
  | {
      readonly kind: "sha256sum";
      readonly args: readonly string[];
      readonly environment: Readonly<Record<string, string>>;
      readonly user: string;
    }
  | { readonly kind: "files"; readonly program: FileTool; readonly args: readonly string[]; readonly user: string }
  | { readonly kind: "failed"; readonly status: number; readonly stderr: string };

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;
const ARGUMENT_LIMIT = 128 * 1024;

const failed = (status: number, stderr: string): Command => ({ kind: "failed", status, stderr: `${stderr}\n` });

/** The words of a simple shell command, or undefined when it uses operators, globs or comments. */
function words(line: string): string[] | undefined {
  const parts = parse(line, (name: string) => `\${${name}}`);
  return parts.every((part) => typeof part === "string") ? parts : undefined;
}

function takeAssignments(line: string[]): Record<string, string> {
  const environment: Record<string, string> = {};
  for (let match = ASSIGNMENT.exec(line[0] ?? ""); match !== null; match = ASSIGNMENT.exec(line[0] ?? "")) {
    environment[match[1] ?? ""] = match[2] ?? "";
    line.shift();
  }
  return environment;
}

const PROGRAMS: Readonly<Record<string, string>> = {
  midclt: "/usr/bin/midclt",
  "/usr/bin/midclt": "/usr/bin/midclt",
  python3: "/usr/bin/python3",
  "/usr/bin/python3": "/usr/bin/python3",
  sha256sum: "/usr/bin/sha256sum",
  "/usr/bin/sha256sum": "/usr/bin/sha256sum",
  ls: "/usr/bin/ls",
  cp: "/usr/bin/cp",
};

/** What sudo says to a command that it does not let a user run without a password. */
const PASSWORD_REQUIRED = "sudo: a password is required";

/**
 * Reads a command as the login shell of an appliance would: optional variable assignments, optional `sudo -n`, then
 * `midclt`, `python3` with a program, `sha256sum`, `ls` or `cp`. Nothing else is installed on the simulated appliance. `sudoers` are the
 * commands that sudo lets the user run without a password; `ALL` is each.
 */
export function readCommand(line: string, user: string, sudoers: readonly string[]): Command {
  const rest = words(line);
  if (rest === undefined)
    return failed(
      2,
      `the simulated appliance runs one simple command per exec request, without operators: ${line.slice(0, 200)}`,
    );
  const environment = takeAssignments(rest);
  let runsAs = user;
  if (rest[0] === "sudo") {
    rest.splice(0, rest[1] === "-n" || rest[1] === "--non-interactive" ? 2 : 1);
    Object.assign(environment, takeAssignments(rest));
    runsAs = "root";
  }
  const [program = "", ...args] = rest;
  const path = PROGRAMS[program];
  if (runsAs !== user && !sudoers.includes("ALL") && (path === undefined || !sudoers.includes(path)))
    return failed(1, PASSWORD_REQUIRED);
  if (path === undefined)
    return program === ""
      ? { kind: "failed", status: 0, stderr: "" }
      : failed(127, `zsh:1: command not found: ${program}`);
  if (args.some((arg) => Buffer.byteLength(arg) >= ARGUMENT_LIMIT))
    return failed(126, `zsh:1: argument list too long: ${program}`);
  if (path === PROGRAMS["sha256sum"]) return { kind: "sha256sum", args, environment, user: runsAs };
  if (program === "ls" || program === "cp") return { kind: "files", program, args, user: runsAs };
  return path === PROGRAMS["midclt"]
    ? { kind: "midclt", words: args, environment, user: runsAs }
    : pythonCommand(args, environment, runsAs);
}

function pythonCommand(args: readonly string[], environment: Readonly<Record<string, string>>, user: string): Command {
  const [flag, program, ...others] = args;
  return flag === "-c" && program !== undefined && others.length === 0
    ? { kind: "python", program, environment, user }
    : failed(2, "the simulated appliance runs python3 with -c and the text of a program only");
}
