import type { Dialect } from "./versions.ts";

/** A parsed `midclt` command line. */
export type Invocation =
  | {
      readonly kind: "call";
      readonly method: string;
      readonly args: readonly string[];
      readonly quiet: boolean;
      readonly job: boolean;
      readonly progress: "progressbar" | "description";
      /** Seconds to wait for the reply; undefined leaves the client's default. */
      readonly timeout: number | undefined;
      readonly login: boolean;
    }
  | { readonly kind: "ping" | "waitready" | "help" }
  | {
      readonly kind: "subscribe";
      readonly event: string;
      readonly number: number | undefined;
      readonly timeout: number | undefined;
    }
  | { readonly kind: "usage"; readonly text: string };

type OptionType = "flag" | "text" | "integer" | "print";
type Grammar = Readonly<Record<string, OptionType>>;

const GLOBAL: Readonly<Record<Dialect, Grammar>> = {
  "25.10": {
    "--uri": "text",
    "--username": "text",
    "--password": "text",
    "--api-key": "text",
    "--timeout": "integer",
    "--help": "flag",
  },
  "25.04": {
    "--quiet": "flag",
    "--uri": "text",
    "--username": "text",
    "--password": "text",
    "--api-key": "text",
    "--timeout": "integer",
    "--help": "flag",
  },
};

const CALL: Readonly<Record<Dialect, Grammar>> = {
  "25.10": { "--quiet": "flag", "--job": "flag", "--job-print": "print", "--help": "flag" },
  "25.04": { "--job": "flag", "--job-print": "print", "--help": "flag" },
};

const SUBSCRIBE: Grammar = { "--number": "integer", "--timeout": "integer", "--help": "flag" };

const SHORT: Readonly<Record<string, string>> = {
  "-u": "--uri",
  "-U": "--username",
  "-P": "--password",
  "-K": "--api-key",
  "-t": "--timeout",
  "-h": "--help",
  "-q": "--quiet",
  "-j": "--job",
  "-jp": "--job-print",
  "-n": "--number",
};

const COMMANDS: Readonly<Record<Dialect, readonly string[]>> = {
  "25.10": ["call", "ping", "subscribe"],
  "25.04": ["call", "ping", "waitready", "subscribe"],
};

class UsageError extends Error {}

/** Options, then the words that are none; with `upToWord` reading stops at the first such word. */
interface Scan {
  readonly options: Readonly<Record<string, string | number | true>>;
  readonly positionals: readonly (readonly string[])[];
  readonly unknown: readonly string[];
  readonly rest: readonly string[];
}

const NEGATIVE_NUMBER = /^-(\d+|\d*\.\d+)$/;
const isOption = (word: string) =>
  word.startsWith("-") && word !== "-" && !NEGATIVE_NUMBER.test(word) && !word.includes(" ");

function named(grammar: Grammar, word: string): { readonly name: string; readonly inline?: string } | undefined {
  const short = SHORT[word];
  if (short !== undefined) return short in grammar ? { name: short } : undefined;
  if (word.startsWith("--")) {
    const [name = "", ...inline] = word.split("=");
    const candidates = name in grammar ? [name] : Object.keys(grammar).filter((known) => known.startsWith(name));
    if (candidates.length > 1) throw new UsageError(`ambiguous option: ${name} could match ${candidates.join(", ")}`);
    if (candidates[0] === undefined) return undefined;
    return inline.length > 0 ? { name: candidates[0], inline: inline.join("=") } : { name: candidates[0] };
  }
  const glued = SHORT[word.slice(0, 2)];
  return glued !== undefined && glued in grammar && grammar[glued] !== "flag"
    ? { name: glued, inline: word.slice(2) }
    : undefined;
}

function converted(type: OptionType, label: string, value: string | undefined): string | number {
  if (value === undefined) throw new UsageError(`argument ${label}: expected one argument`);
  if (type === "integer" && !/^[+-]?\d+$/.test(value))
    throw new UsageError(`argument ${label}: invalid int value: '${value}'`);
  if (type === "print" && value !== "progressbar" && value !== "description")
    throw new UsageError(`argument ${label}: invalid choice: '${value}' (choose from 'progressbar', 'description')`);
  return type === "integer" ? Number(value) : value;
}

const labelOf = (name: string) => `${Object.entries(SHORT).find(([, long]) => long === name)?.[0]}/${name}`;

// Words between options form groups: argparse fills a repeated positional from the first group only.
function scan(grammar: Grammar, words: readonly string[], upToWord: boolean): Scan {
  const options: Record<string, string | number | true> = {};
  const groups: string[][] = [];
  const unknown: string[] = [];
  let open = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "--")
      return {
        options,
        positionals: [
          ...groups.slice(0, -1),
          [...(open ? (groups.pop() ?? []) : []), ...words.slice(index + 1)],
        ].filter((g) => g.length > 0),
        unknown,
        rest: [],
      };
    if (!isOption(word)) {
      if (upToWord) return { options, positionals: [], unknown, rest: words.slice(index) };
      if (!open) groups.push([]);
      groups.at(-1)?.push(word);
      open = true;
      continue;
    }
    open = false;
    const found = named(grammar, word);
    if (found === undefined) unknown.push(word);
    else if (grammar[found.name] === "flag") options[found.name] = true;
    else {
      const follower = words[index + 1];
      const value = found.inline ?? (follower !== undefined && !isOption(follower) ? follower : undefined);
      if (found.inline === undefined) index += 1;
      options[found.name] = converted(grammar[found.name] ?? "text", labelOf(found.name), value);
    }
  }
  return { options, positionals: groups, unknown, rest: [] };
}

function callInvocation(dialect: Dialect, global: Scan, words: readonly string[]): Invocation {
  const call = scan(CALL[dialect], words, false);
  if (call.options["--help"] === true) return { kind: "help" };
  const [first, ...others] = call.positionals;
  const [method, ...args] = first ?? [];
  if (method === undefined) throw new UsageError("the following arguments are required: method");
  const unrecognised = [...global.unknown, ...call.unknown, ...others.flat()];
  if (unrecognised.length > 0) throw new UsageError(`unrecognized arguments: ${unrecognised.join(" ")}`);
  return {
    kind: "call",
    method,
    args,
    quiet: (dialect === "25.10" ? call : global).options["--quiet"] === true,
    job: call.options["--job"] === true,
    progress: call.options["--job-print"] === "description" ? "description" : "progressbar",
    timeout: global.options["--timeout"] as number | undefined,
    login: global.options["--username"] !== undefined || global.options["--api-key"] !== undefined,
  };
}

function read(dialect: Dialect, words: readonly string[]): Invocation {
  const global = scan(GLOBAL[dialect], words, true);
  const [command, ...rest] = global.rest;
  if (global.options["--help"] === true || (command === undefined && global.unknown.length === 0))
    return { kind: "help" };
  if (command === undefined) throw new UsageError(`unrecognized arguments: ${global.unknown.join(" ")}`);
  if (!COMMANDS[dialect].includes(command)) {
    const known = COMMANDS[dialect].map((name) => `'${name}'`).join(", ");
    throw new UsageError(`argument name: invalid choice: '${command}' (choose from ${known})`);
  }
  if (command === "call") return callInvocation(dialect, global, rest);
  const own = scan(command === "subscribe" ? SUBSCRIBE : { "--help": "flag" }, rest, false);
  if (own.options["--help"] === true) return { kind: "help" };
  const [event, ...surplus] = own.positionals.flat();
  const unrecognised = [
    ...global.unknown,
    ...own.unknown,
    ...(command === "subscribe" ? surplus : own.positionals.flat()),
  ];
  if (command === "subscribe" && event === undefined)
    throw new UsageError("the following arguments are required: event");
  if (unrecognised.length > 0) throw new UsageError(`unrecognized arguments: ${unrecognised.join(" ")}`);
  if (command !== "subscribe") return { kind: command === "ping" ? "ping" : "waitready" };
  const { "--number": number, "--timeout": timeout } = own.options;
  return {
    kind: "subscribe",
    event: event ?? "",
    number: number as number | undefined,
    timeout: timeout as number | undefined,
  };
}

/** The usage line of each release's client. */
export function usageText(dialect: Dialect): string {
  const quiet = dialect === "25.04" ? " [-q]" : "";
  const commands = COMMANDS[dialect].join(",");
  return `usage: midclt [-h]${quiet} [-u URI] [-U USERNAME] [-P PASSWORD] [-K API_KEY] [-t TIMEOUT] {${commands}} ...`;
}

/** Reads a `midclt` command line as the release's argument parser does. */
export function readArguments(dialect: Dialect, words: readonly string[]): Invocation {
  try {
    return read(dialect, words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { kind: "usage", text: `${usageText(dialect)}\nmidclt: error: ${error.message}\n` };
  }
}
