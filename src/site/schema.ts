import { z } from "zod";
import { alerts } from "./alerts.ts";
import { appliances } from "./appliances.ts";
import { clouds } from "./clouds.ts";
import { clusters } from "./clusters.ts";
import { configurationCopies } from "./configuration-copies.ts";
import { hosts } from "./hosts.ts";
import { images } from "./images.ts";
import { machines } from "./machines.ts";
import { monitoring } from "./monitoring.ts";
import { plainName } from "./names.ts";
import { networks } from "./networks.ts";
import { offsites } from "./offsites.ts";
import { recovery } from "./recovery.ts";
import { replications } from "./replications.ts";
import { restoreTests } from "./restore-tests.ts";
import { snapshotTiers } from "./snapshot-tiers.ts";
import { choice, text } from "./value.ts";
import { OWNERSHIP_MODELS, PHASES } from "./vocabulary.ts";
import { waivers } from "./waivers.ts";
import { workloads } from "./workloads.ts";

const ownership = z.strictObject({
  model: choice(OWNERSHIP_MODELS).meta({ description: "Where live data belongs (ADR-0001)." }),
  phase: choice(PHASES).meta({ description: "Whether roles may still share a host." }),
});

/** A whole site as its YAML is written. */
export const siteSchema = z.strictObject({
  name: text(plainName).meta({ description: "The site's name." }),
  ownership: ownership.meta({ description: "Who owns live data." }),
  networks,
  images,
  hosts,
  snapshotTiers: snapshotTiers.default({}),
  appliances,
  replications,
  clouds,
  offsites,
  restoreTests,
  configurationCopies,
  alerts,
  monitoring,
  recovery,
  waivers,
  machines,
  clusters,
  workloads,
});
