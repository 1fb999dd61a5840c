import type { Lifecycle } from "../lifecycle.ts";
import { accounts } from "./accounts.ts";
import { alertServices } from "./alert-services.ts";
import { alerts } from "./alerts.ts";
import { clouds } from "./clouds.ts";
import { credentials } from "./credentials.ts";
import { interfaces } from "./interfaces.ts";
import { iscsi } from "./iscsi.ts";
import { type Managed, making, SURROUNDINGS, tamper } from "./managed.ts";
import { networks } from "./networks.ts";
import { replications } from "./replications.ts";
import { reporting } from "./reporting.ts";
import { services } from "./services.ts";
import { smbAcls } from "./smb-acls.ts";
import { ssh } from "./ssh.ts";
import { tasks } from "./tasks.ts";

/** Every kind of object that is told once for all stories. */
export const managed: readonly Managed[] = [
  ...tasks,
  ...services,
  ...networks,
  ...accounts,
  ...iscsi,
  ...alerts,
  ...alertServices,
  ...clouds,
  ...smbAcls,
  ...ssh,
  ...replications,
  ...credentials,
  ...reporting,
  ...interfaces,
];

/** The story of one object of each kind from beginning to end. */
export const managedLifecycles: readonly Lifecycle[] = managed.flatMap((one) => {
  const inputs = one.stated("it");
  if (one.brief) return [];

  return {
    type: one.type,
    ...(one.title === undefined ? {} : { title: one.title }),
    id: one.id(inputs),
    ground: one.ground?.("it") ?? [],
    inputs,
    drift: Object.fromEntries(
      Object.entries(one.drift).map(([path, change]) => [
        path,
        ({ appliance }, rowId) => tamper(appliance, one, { id: one.id(inputs), rowId }, change),
      ]),
    ),
    changes: one.changes,
    kept: one.kept ?? [],
  };
});

export { type Managed, making, SURROUNDINGS, tamper };
