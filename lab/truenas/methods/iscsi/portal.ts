import { ValidationErrors } from "../../middleware/errors.ts";
import { defaulted, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { list, model, type ObjectOf } from "../../middleware/models.ts";
import { rowMethods, rowsOf } from "../rows.ts";
import { portalPort } from "./global.ts";
import { forgetPortal } from "./target.ts";

const NAMESPACE = "iscsi.portal";
const EVERYWHERE = ["0.0.0.0", "::"];

const shape = {
  listen: list(model("IscsiPortalIP", { ip: str({ min: 1 }) })),
  comment: defaulted(str(), ""),
};

type Portal = ObjectOf<typeof shape>;

const tagged = (context: Context) => rowsOf<typeof shape>(context, NAMESPACE).values();

function checked(context: Context, prefix: string, wanted: Portal, old: (Portal & { id: number }) | undefined): Portal {
  const errors = new ValidationErrors();
  if (wanted.listen.length === 0) errors.add(`${prefix}.listen`, "At least one listen entry is required.");
  const others = tagged(context).filter(({ id }) => id !== old?.id);
  for (const { ip } of wanted.listen) {
    if (others.some(({ listen }) => listen.some((other) => other.ip === ip)))
      errors.add(`${prefix}.listen`, `'${ip}' IP is already in use.`);
    if (!EVERYWHERE.includes(ip) && !context.addresses.includes(ip))
      errors.add(`${prefix}.listen`, `IP ${ip} not configured on this system.`);
  }
  errors.check();
  return wanted;
}

/** `iscsi.portal.*`: where targets are reached. Tags count the portals and close up when one goes. */
export const iscsiPortalMethods: Methods = {
  ...rowMethods({
    namespace: NAMESPACE,
    noun: "iSCSIPortal",
    shape,
    arguments: ["iscsi_portal_create", "iscsi_portal_update"],
    prefixes: ["iscsiportal_create", "iscsiportal_update"],
    checked,
    entry: (context, { id, listen, comment }) => ({
      id,
      listen: listen.map(({ ip }) => ({ ip, port: portalPort(context) })),
      tag: tagged(context).findIndex((portal) => portal.id === id) + 1,
      comment,
    }),
    removed: (context, { id }) => forgetPortal(context, id),
  }),
  "iscsi.portal.listen_ip_choices": method({}, ({ addresses }) =>
    Object.fromEntries([...EVERYWHERE, ...addresses].map((ip) => [ip, ip])),
  ),
};
