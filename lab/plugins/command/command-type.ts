import { randomBytes } from "node:crypto";
import type { CallContext, InputRule, ResourceType } from "../resource-type.ts";
import type { WireMap } from "../values.ts";
import type { CommandOutput } from "./output.ts";

/** Runs one command line with the inputs of its resource, and the outputs of the step before. */
export type Runner = (command: string, inputs: WireMap, state: WireMap, context: CallContext) => Promise<CommandOutput>;

const text: InputRule = { type: "string" };

/** Inputs that local and remote commands share. */
export const COMMON_INPUTS: Readonly<Record<string, InputRule>> = {
  create: text,
  update: text,
  delete: text,
  stdin: text,
  environment: { type: "map" },
  triggers: { type: "list", replaces: true },
  logging: text,
  addPreviousOutputInEnv: { type: "boolean" },
};

const ID_BYTES = 4;

/** A resource whose life cycle is commands: `create`, `update` (else `create` again) and `delete`. */
export function commandType(
  inputs: Readonly<Record<string, InputRule>>,
  run: Runner,
  check: ResourceType["check"] = () => [],
): ResourceType {
  const runIfGiven = async (command: unknown, given: WireMap, state: WireMap, context: CallContext) => {
    const { stdout = "", stderr = "" } = state;
    if (command === undefined) return { stdout, stderr };
    return { ...(await run(String(command), given, state, context)) };
  };
  return {
    inputs,
    computed: ["stdout", "stderr"],
    openKeys: ["host", "hostKey", "port", "user"],
    check,
    async create(given, context) {
      const name = context.urn.slice(context.urn.lastIndexOf("::") + 2);
      const outputs = await runIfGiven(given["create"], given, {}, context);
      return { id: `${name}${randomBytes(ID_BYTES).toString("hex")}`, outputs };
    },
    update: (given, state, context) => runIfGiven(given["update"] ?? given["create"], given, state, context),
    async delete(state, context) {
      await runIfGiven(state["delete"], state, state, context);
    },
  };
}
