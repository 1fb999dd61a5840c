import { EXECUTABLES } from "../executables.ts";
import { nodeAt } from "../filesystem/nodes.ts";
import { ValidationErrors } from "../middleware/errors.ts";
import { bool, defaulted, int, literal, nullable, str } from "../middleware/kinds.ts";
import type { Context, Methods } from "../middleware/method.ts";
import type { ObjectOf } from "../middleware/models.ts";
import { rowMethods } from "./rows.ts";

const shape = {
  type: literal("COMMAND", "SCRIPT"),
  command: defaulted(nullable(str()), ""),
  script: defaulted(nullable(str()), ""),
  when: literal("PREINIT", "POSTINIT", "SHUTDOWN"),
  enabled: defaulted(bool, true),
  timeout: defaulted(int(), 10),
  comment: defaulted(str({ max: 255 }), ""),
};

type Script = ObjectOf<typeof shape>;

function checked({ state }: Context, prefix: string, script: Script): Script {
  const errors = new ValidationErrors();
  const { type, command, script: file } = script;
  if (type === "COMMAND" && !command) errors.add(`${prefix}.command`, "This field is required");
  if (type === "SCRIPT" && !file) errors.add(`${prefix}.script`, "This field is required");
  if (type === "SCRIPT" && file && !EXECUTABLES.includes(file)) {
    // The middleware's own message shows this template instead of the kind of file.
    if (nodeAt(state, file) !== undefined)
      errors.add(`${prefix}.script`, 'Script must be a regular file not {obj["type"]!r}');
    else errors.add(`${prefix}.script`, `Path ${file} not found`, "ENOENT");
  }
  errors.check();
  return script;
}

/** `initshutdownscript.*`: what runs when the appliance starts or shuts down. */
export const initShutdownScriptMethods: Methods = rowMethods({
  namespace: "initshutdownscript",
  noun: "InitShutdownScript",
  shape,
  prefixes: ["init_shutdown_script_create", "init_shutdown_script_update"],
  checked,
});
