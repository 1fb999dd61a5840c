import { bool } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { partial } from "../middleware/models.ts";

const FACT = "smb.aapl_extensions";

/** Whether the SMB server speaks Apple's extensions, which Time Machine shares ask for. */
export function speaksApple({ state }: Context): boolean {
  return state.facts.get(FACT) === 1;
}

const config = (context: Context) => ({ id: 1, aapl_extensions: speaksApple(context) });

/** `smb.*`: of the server's own settings, those that decide which shares it takes. */
export const smbMethods: Methods = {
  "smb.config": method({}, config),
  "smb.update": method({ smb_update: partial("SmbUpdate", { aapl_extensions: bool }) }, (context, { smb_update }) => {
    if (smb_update.aapl_extensions !== undefined) context.state.facts.put(FACT, smb_update.aapl_extensions ? 1 : 0);
    return config(context);
  }),
};
