import type { Methods } from "../../middleware/method.ts";
import type { Dialect } from "../../versions.ts";
import { iscsiAuthMethods } from "./auth.ts";
import { iscsiExtentMethods } from "./extent.ts";
import { iscsiGlobalMethods } from "./global.ts";
import { iscsiInitiatorMethods } from "./initiator.ts";
import { iscsiPortalMethods } from "./portal.ts";
import { iscsiSessionMethods } from "./sessions.ts";
import { iscsiTargetMethods } from "./target.ts";
import { iscsiTargetExtentMethods } from "./target-extent.ts";

/** `iscsi.*` of a release. */
export const iscsiMethods = (dialect: Dialect): Methods => ({
  ...iscsiGlobalMethods,
  ...iscsiSessionMethods,
  ...iscsiPortalMethods,
  ...iscsiInitiatorMethods,
  ...iscsiAuthMethods,
  ...iscsiTargetMethods,
  ...iscsiExtentMethods(dialect),
  ...iscsiTargetExtentMethods,
});
