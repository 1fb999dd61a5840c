import { defaulted, str } from "../../middleware/kinds.ts";
import type { Methods } from "../../middleware/method.ts";
import { list } from "../../middleware/models.ts";
import { rowMethods } from "../rows.ts";
import { forgetInitiator } from "./target.ts";

/** `iscsi.initiator.*`: who may connect. */
export const iscsiInitiatorMethods: Methods = rowMethods({
  namespace: "iscsi.initiator",
  noun: "iSCSITargetAuthorizedInitiator",
  shape: { initiators: defaulted(list(str()), []), comment: defaulted(str(), "") },
  arguments: ["iscsi_initiator_create", "iscsi_initiator_update"],
  prefixes: ["iscsi_initiator_create", "iscsi_initiator_update"],
  removed: (context, { id }) => forgetInitiator(context, id),
});
