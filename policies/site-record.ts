import type { HostState, OwnershipModel, Phase } from "../src/site/vocabulary.ts";
import type { Judged } from "./judged.ts";
import type { Props } from "./reading.ts";

/** A violation that the owner accepts until a date. */
export interface Waiver {
  /** Name of the rule. */
  readonly rule: string;
  /** Name of the resource; `*` stands for any run of characters. */
  readonly resource: string;
  readonly reason: string;
  /** Last day of validity, `YYYY-MM-DD`. */
  readonly until: string;
}

/** A machine of the site. */
export interface RecordedHost {
  readonly state: HostState;
  readonly role?: string;
  readonly addresses?: Readonly<Record<string, string>>;
}

/** A VLAN of the site. */
export interface RecordedNetwork {
  readonly vlan: number;
  readonly cidr: string;
}

/** What the `Site` component records: whatever a rule must know that no single resource says. */
export interface SiteRecord {
  readonly resource: Judged;
  readonly model: OwnershipModel | undefined;
  readonly phase: Phase | undefined;
  readonly waivers: readonly Waiver[];
  readonly networks: Readonly<Record<string, RecordedNetwork>>;
  readonly hosts: Readonly<Record<string, RecordedHost>>;
  /** Class of every dataset and zvol as the program says it, by resource name. */
  readonly classes: Readonly<Record<string, string>>;
  /** Data that lies in volumes made below it by a cluster's driver, by resource name. */
  readonly made: Readonly<Record<string, "nfs" | "iscsi">>;
  /** Names of pools and data that are being let go of: kept on the appliance, taken out of the program. */
  readonly retained: readonly string[];
  /** Names of the replications that may destroy what lies in their targets. */
  readonly fromScratch: readonly string[];
  /** Appliances whose copied configuration nobody has confirmed to be able to open. */
  readonly unconfirmedCopies: readonly string[];
  /** Share of a pool that must stay free, in percent. */
  readonly minHeadroom: number;
  /** Fill levels at which somebody must be told, in percent. */
  readonly capacityAlerts: readonly number[];
}

/** Type token of the component that records the site. */
export const SITE = "homelab:index:Site";

/** The record of a stack's site, when the program has one. */
export function siteRecord(resource: Judged | undefined): SiteRecord | undefined {
  if (!resource) return undefined;
  const props = resource.props as Props & Partial<SiteRecord> & { ownershipModel?: OwnershipModel };

  return {
    resource,
    model: props.ownershipModel,
    phase: props.phase,
    waivers: props.waivers ?? [],
    networks: props.networks ?? {},
    hosts: props.hosts ?? {},
    classes: props.classes ?? {},
    made: props.made ?? {},
    retained: props.retained ?? [],
    fromScratch: props.fromScratch ?? [],
    unconfirmedCopies: props.unconfirmedCopies ?? [],
    minHeadroom: props.minHeadroom ?? 10,
    capacityAlerts: props.capacityAlerts ?? [80, 85, 90, 95],
  };
}
