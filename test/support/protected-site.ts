import { type DatasetPlan, parseSite, protectionPlan, type Site } from "../../src/site/index.ts";

type Written = Readonly<Record<string, unknown>>;

/** What a site for tests of protection consists of; datasets lie on `nas/tank`, copies on `vault/cold`. */
export interface ProtectedSite {
  readonly datasets?: Readonly<Record<string, Written>>;
  readonly zvols?: Readonly<Record<string, Written>>;
  readonly copies?: Readonly<Record<string, Written>>;
  readonly tiers?: Written;
  readonly replications?: Written;
  readonly offsites?: Written;
  /** State of the machine under `vault`. */
  readonly cellar?: Written;
  /** Keys of the site beside these, such as waivers. */
  readonly more?: Written;
}

const BOX = { kind: "bare-metal", state: "online", addresses: { lan: "198.51.100.2" } };
const NETWORKS = {
  storage: { vlan: 10, cidr: "192.0.2.0/24", mtu: 9000, purpose: "storage" },
  lan: { vlan: 20, cidr: "198.51.100.0/24", purpose: "people" },
};
const TIERS = {
  hourly: { schedule: "0 * * * *", lifetime: "24 hours" },
  daily: { schedule: "30 0 * * *", lifetime: "30 days" },
};

const CLOUD = { provider: "b2", endpoint: "https://s3.eu-central-003.backblazeb2.com", region: "eu-central-003" };
/** Home of the account that takes copies. */
const HOME = { class: "disposable", quota: "2 GB" };
const HOST_KEY = `ssh-ed25519 ${"A".repeat(68)}`;

/** A site with two appliances on two machines, checked as any other. */
export function protectedSite(parts: ProtectedSite): Site {
  const { datasets = {}, zvols = {}, copies = {}, tiers = TIERS, replications = {}, offsites = {} } = parts;
  const tank = { ...pool("T"), datasets: owned(datasets), zvols: owned(zvols) };
  const cold = { ...pool("C"), datasets: { ...owned(copies, "backup-nas"), ...owned({ keys: HOME }, "backup-nas") } };
  return parseSite({
    name: "home",
    ownership: { model: "nas-centric", phase: "steady" },
    networks: NETWORKS,
    hosts: { box: BOX, cellar: { ...BOX, addresses: { lan: "198.51.100.3" }, ...parts.cellar } },
    snapshotTiers: tiers,
    appliances: { nas: appliance("box", "20", { tank }), vault: appliance("cellar", "21", { cold }) },
    replications,
    clouds: { backblaze: CLOUD },
    offsites,
    ...parts.more,
  });
}

/** The plan of one dataset on `nas`. */
export function planOf(parts: ProtectedSite, dataset: string): DatasetPlan {
  const found = protectionPlan(protectedSite(parts)).find((plan) => plan.dataset === dataset);
  if (found === undefined) throw new Error(`the plan has no dataset ${dataset}`);
  return found;
}

function appliance(host: string, end: string, pools: Written): Written {
  return {
    host,
    role: host === "box" ? "primary-nas" : "backup-nas",
    version: "25.10",
    addresses: { storage: `192.0.2.${end}`, lan: `198.51.100.${end}` },
    ssh: { network: "lan", hostKey: HOST_KEY },
    services: ["nfs", "iscsitarget"],
    listens: { nfs: ["storage"], iscsi: ["storage"] },
    ...(host === "cellar" ? { receives: { network: "storage", home: "cold/keys" } } : {}),
    pools,
  };
}

function pool(letter: string): Written {
  const disks = [1, 2, 3, 4].map((at) => `${letter}-${at}`);
  return { diskSize: "4 TB", topology: { data: [{ type: "RAIDZ2", disks }] } };
}

function owned(datasets: Readonly<Record<string, Written>>, owner = "primary-nas"): Written {
  return Object.fromEntries(
    Object.entries(datasets).map(([name, spec]) => [name, { class: "authoritative", owner, purpose: name, ...spec }]),
  );
}
