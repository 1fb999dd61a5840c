import type { Finding, PathPart } from "../problem.ts";
import { formatPath } from "../problem.ts";
import type { Cloud, Offsite, Site } from "../site.ts";
import { isWithin } from "../walk.ts";
import type { Check, Subject } from "./check.ts";
import { pairsOf } from "./repeated.ts";

interface OffsiteAt {
  readonly name: string;
  readonly spec: Offsite;
  readonly cloud: Cloud | undefined;
  readonly path: readonly PathPart[];
}

/** What an appliance needs to know before it can carry a copy away by each method. */
const NEEDS = {
  restic: { cloud: ["endpoint", "region"], offsite: ["keep", "versions"] },
  "cloud-sync": { cloud: ["endpoint", "region"], offsite: ["versions"] },
  client: { cloud: [], offsite: [] },
} as const satisfies Readonly<Record<Offsite["method"], object>>;

const ALLOWED: Readonly<Record<string, string>> = {
  endpoint: "the cloud's S3 endpoint, https only",
  region: "the region that holds the bucket",
  keep: "how many states are kept",
  versions: "how long the bucket keeps what is deleted in it, such as 30 days",
};

/** A copy that the appliance carries away says where to, how much of it stays, and what saves it from a stolen key. */
export const offsiteIsComplete: Check = {
  rule: "offsite-is-complete",
  find: (subject) => {
    const lacking = offsitesOf(subject.site).flatMap(({ name, spec, path }) => [
      ...NEEDS[spec.method].cloud.map((key) => ({ key, path: ["clouds", spec.cloud, key], name })),
      ...NEEDS[spec.method].offsite.map((key) => ({ key, path: [...path, key], name })),
    ]);
    const told = new Map(lacking.filter((at) => isMissing(subject, at.path)).map((at) => [formatPath(at.path), at]));
    return [...told.values()].map(({ key, path, name }): Finding => {
      const says = `is missing, but the appliance carries ${name} there by itself`;
      return { path, says, allowed: ALLOWED[key] ?? "", remedy: `add ${key}` };
    });
  },
};

function isMissing({ written }: Subject, path: readonly PathPart[]): boolean {
  return written.declares(...path.slice(0, -1)) && !written.declares(...path);
}

/** Backblaze names the region in its endpoint, so that one of the two can tell a mistake in the other. */
export const endpointFitsProvider: Check = {
  rule: "endpoint-fits-provider",
  find: ({ site }) =>
    Object.entries(site.clouds).flatMap(([name, { provider, endpoint, region }]) => {
      const expected = `https://s3.${region}.backblazeb2.com`;
      if (provider !== "b2" || endpoint === undefined || region === undefined || endpoint === expected) return [];

      const path = ["clouds", name, "endpoint"];
      const says = `${endpoint} is not where b2 takes objects for ${region}`;
      return [{ path, says, allowed: expected, remedy: "correct the region or the endpoint" }];
    }),
};

/** Every copy outside has a folder to itself: two backups in one would prune each other's states. */
export const oneRepositoryPerFolder: Check = {
  rule: "one-repository-per-folder",
  find: ({ site }) =>
    pairsOf(offsitesOf(site)).flatMap(([first, again]) => {
      if (placeOf(first) !== placeOf(again) || !nested(first.spec.folder, again.spec.folder)) return [];

      const path = [...again.path, again.spec.folder === undefined ? "bucket" : "folder"];
      const says = `${again.spec.bucket}/${again.spec.folder ?? ""} holds, or lies in, what ${formatPath(first.path)} writes`;
      return [
        { path, says, allowed: "a folder that no other copy uses", remedy: "give each copy a folder of its own" },
      ];
    }),
};

/** Clouds of one endpoint are one place. */
function placeOf({ spec, cloud }: OffsiteAt): string {
  return `${cloud?.endpoint ?? spec.cloud} ${spec.bucket}`;
}

function nested(one = "", other = ""): boolean {
  return one === "" || other === "" || isWithin(one, other) || isWithin(other, one);
}

/** A backup of files sees no volume: what lies on a zvol would be missing from it. */
export const offsiteCarriesFiles: Check = {
  rule: "offsite-carries-files",
  find: ({ site }) =>
    offsitesOf(site).flatMap(({ spec: { source, method }, path: top }) => {
      const [pool = "", ...below] = source.dataset.split("/");
      const volume = site.appliances[source.appliance]?.pools[pool]?.zvols[below.join("/")];
      if (volume === undefined || method === "client") return [];

      const path = [...top, "source", "dataset"];
      const says = `${source.dataset} is a zvol, and ${method} carries files`;
      const remedy = "back up what the volume's user writes, or replicate the zvol";
      return [{ path, says, allowed: "a dataset", remedy }];
    }),
};

function offsitesOf(site: Site): OffsiteAt[] {
  return Object.entries(site.offsites).map(([name, spec]) => ({
    name,
    spec,
    cloud: site.clouds[spec.cloud],
    path: ["offsites", name],
  }));
}
