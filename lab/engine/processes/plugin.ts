import type { Diagnostic } from "../run.ts";
import { Child, type ChildOptions } from "./child.ts";

export interface PluginCommand {
  /** How messages name the plugin, e.g. `provider random`. */
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A plugin process that has announced its port. */
export interface Plugin {
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts a plugin and waits for the port on the first line of its stdout; throws when it ends before that. */
export async function startPlugin(
  plugin: PluginCommand,
  say: (severity: Diagnostic["severity"], message: string) => void,
): Promise<Plugin> {
  const said: string[] = [];
  let announce: (port: string) => void = () => undefined;
  const announced = new Promise<string>((resolve) => {
    announce = resolve;
  });
  let port: string | undefined;
  const onLine: ChildOptions["onLine"] = (line, stream) => {
    if (stream === "stdout" && port === undefined) {
      port = line.trim();
      announce(port);
      return;
    }
    if (port === undefined) said.push(line);
    say("info", line);
  };
  const child = new Child(plugin.command, plugin.args, { cwd: plugin.cwd, env: plugin.env, onLine });
  const first = await Promise.race([announced, child.exited]);
  if (typeof first === "number") {
    const why = child.failure?.message ?? `it ended with exit code ${first}`;
    throw new Error(`${plugin.label} did not start: ${[why, ...said].join("\n")} (command: ${plugin.command})`);
  }
  if (!/^\d+$/.test(first)) {
    await child.stop();
    throw new Error(`${plugin.label}: the first line of its output must be its port, but was "${first}"`);
  }
  return { address: `127.0.0.1:${first}`, stop: () => child.stop() };
}
