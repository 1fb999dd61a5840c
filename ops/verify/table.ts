import type { Check } from "./check.ts";
import { nothingIsAlerted } from "./checks/alerts.ts";
import { appliancesAnswer } from "./checks/appliances.ts";
import { objectsAreAsDeclared } from "./checks/objects.ts";
import { offsiteCopiesAreRecent } from "./checks/offsites.ts";
import { snapshotsAreNotPending } from "./checks/pending.ts";
import { poolsAreHealthy } from "./checks/pools.ts";
import { replicationsAreRecent } from "./checks/replications.ts";
import { restoreTestsAreRecent } from "./checks/restore-tests.ts";
import { scrubsAreRecent } from "./checks/scrubs.ts";
import { servicesRun } from "./checks/services.ts";
import { sharesAreServed } from "./checks/shares.ts";
import { snapshotsAreRecent } from "./checks/snapshots.ts";
import { spaceIsLeft } from "./checks/space.ts";
import { targetsAreOffered } from "./checks/targets.ts";
import { somebodyIsTold } from "./checks/told.ts";

/** The playbook, in the order in which it is told; a new check is one more entry. */
export const CHECKS: readonly Check[] = [
  appliancesAnswer,
  objectsAreAsDeclared,
  poolsAreHealthy,
  spaceIsLeft,
  scrubsAreRecent,
  snapshotsAreRecent,
  replicationsAreRecent,
  offsiteCopiesAreRecent,
  snapshotsAreNotPending,
  servicesRun,
  sharesAreServed,
  targetsAreOffered,
  somebodyIsTold,
  nothingIsAlerted,
  restoreTestsAreRecent,
];
