import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { NFS_SHARE } from "../tokens.ts";
import { inside, networksSetting, rangesOf } from "./networks.ts";

/** NFS believes what a client says of its user; people's machines are not to be believed. */
export const peopleComeBySmb: Rule = {
  name: "people-come-by-smb",
  description: "People's machines must reach files by SMB, not by NFS.",
  source: "D1 §7, ADR-0005",
  remedy: "share the data by SMB on that network, and export it to compute only",
  severity: "medium",
  weight: "always",
  configSchema: networksSetting(["lan"]),
  judges: [NFS_SHARE],
  judge(share, stack, settings) {
    const clients = [...textsAt(share.props, "networks"), ...textsAt(share.props, "hosts")];
    const people = inside(clients, rangesOf(settings, stack.site));
    return people.map((client) => `exports to ${client}, where people are, who must come by SMB`);
  },
};
