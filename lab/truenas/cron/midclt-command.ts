import { parse } from "shell-quote";
import { errorText } from "../middleware/errors.ts";
import { dumps, parseArgument, plain } from "../middleware/python-json.ts";
import type { Command } from "./command.ts";

function wordsOf(line: string): readonly string[] | undefined {
  const words = parse(line);
  return words.every((word) => typeof word === "string") ? words : undefined;
}

/** A single call of the appliance's own middleware. */
export const midcltCommand: Command = {
  recognises: (line) => {
    const words = wordsOf(line);
    return words?.[0] === "midclt" && words[1] === "call" && (words[2]?.includes(".") ?? false);
  },
  run: async ({ call }, line) => {
    const [, , method = "", ...params] = wordsOf(line) ?? [];
    try {
      return {
        status: 0,
        output: `${dumps(await call(method, ...params.map((each) => plain(parseArgument(each)))))}\n`,
      };
    } catch (error) {
      return { status: 1, output: `${errorText(error)}\n` };
    }
  },
};
