import { availableParallelism, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** Variables of the engine's own process that concern it; the only place that reads them. */
export const environment = {
  /**
   * What every child inherits. The Node.js of the engine comes first, for plugins that start with `env node`; it keeps
   * what it compiles, since program, plugins and packs start anew with every operation.
   */
  inherited: (): NodeJS.ProcessEnv => ({
    NODE_COMPILE_CACHE: join(tmpdir(), "homelab-compile-cache"),
    ...process.env,
    PATH: [dirname(process.execPath), process.env["PATH"]].filter(Boolean).join(delimiter),
  }),
  passphrase: (): string | undefined => process.env["PULUMI_CONFIG_PASSPHRASE"],
  /** `PULUMI_PARALLEL`, else four operations per core. */
  parallel: (): number => {
    const given = Number(process.env["PULUMI_PARALLEL"]);
    return Number.isInteger(given) && given > 0 ? given : 4 * availableParallelism();
  },
};
