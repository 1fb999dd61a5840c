import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { NFS_SHARE } from "../tokens.ts";

const ROOT = ["root", "wheel", "0"];
const IDENTITIES = ["maprootUser", "mapallUser"] as const;

/** Root of one client would be root of all files. */
export const exportsSquashRoot: Rule = {
  name: "exports-squash-root",
  description: "An NFS export must not let a client's root be root.",
  source: "D3 NFS Security, ADR-0004",
  remedy: "map root, or everybody, to an account that owns the data",
  severity: "high",
  weight: "always",
  judges: [NFS_SHARE],
  judge({ props }) {
    const roots = IDENTITIES.filter((identity) => ROOT.includes(textAt(props, identity) ?? ""));
    return roots.map((identity) => `maps clients to root by ${identity} and must squash root`);
  },
};
