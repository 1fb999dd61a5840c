import { spawn } from "node:child_process";
import { once } from "node:events";
import type { CallContext } from "../resource-type.ts";
import type { WireMap } from "../values.ts";
import { type CommandOutput, environmentOf, OutputCollector, previousOutput } from "./output.ts";

/** Runs a command on this machine; throws with everything it said when it cannot be started or fails. */
export async function runLocally(
  command: string,
  inputs: WireMap,
  state: WireMap,
  context: CallContext,
): Promise<CommandOutput> {
  const interpreter = ((inputs["interpreter"] as string[] | undefined) ?? []).map(String);
  const [program = "", ...args] = [...(interpreter.length > 0 ? interpreter : ["/bin/sh", "-c"]), command];
  const collector = new OutputCollector(inputs, context);
  const child = spawn(program, args, {
    env: { ...process.env, ...environmentOf(inputs), ...previousOutput(inputs, state) },
    signal: context.signal,
    stdio: ["pipe", "pipe", "pipe"],
    ...(inputs["dir"] === undefined ? {} : { cwd: String(inputs["dir"]) }),
  });
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => collector.add(stream, text));
  }
  // A command that does not read its stdin may be gone before it is written.
  child.stdin.on("error", () => undefined);
  child.stdin.end(String(inputs["stdin"] ?? ""));
  const [code, signal] = await once(child, "close").catch((error: Error) => {
    throw collector.failure(error.message, command);
  });
  if (code !== 0) throw collector.failure(signal === null ? `exit status ${code}` : `signal: ${signal}`, command);
  return collector.output;
}
