import { serveStandIn } from "../plugin-server.ts";
import type { InputRule } from "../resource-type.ts";
import { plainMap, type WireMap } from "../values.ts";
import { COMMON_INPUTS, commandType } from "./command-type.ts";
import { runLocally } from "./shell.ts";
import { checkConnection, runRemotely } from "./ssh.ts";

const LOCAL_INPUTS: Readonly<Record<string, InputRule>> = {
  ...COMMON_INPUTS,
  dir: { type: "string" },
  interpreter: { type: "list" },
  assetPaths: { type: "list", unsupported: true },
  archivePaths: { type: "list", unsupported: true },
};

const REMOTE_INPUTS: Readonly<Record<string, InputRule>> = {
  ...COMMON_INPUTS,
  connection: { type: "map", required: true },
};

serveStandIn({
  version: "1.2.1",
  types: {
    "command:local:Command": commandType(LOCAL_INPUTS, runLocally),
    "command:remote:Command": commandType(REMOTE_INPUTS, runRemotely, ({ connection }) =>
      checkConnection(plainMap(connection as WireMap)),
    ),
  },
  functions: {
    "command:local:run": async (args, context) => ({
      ...args,
      ...(await runLocally(String(args["command"]), args, {}, context)),
    }),
  },
});
