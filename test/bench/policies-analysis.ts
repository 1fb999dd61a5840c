import { createRequire } from "node:module";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { policiesFor } from "../../policies/policies.ts";

/** As much of the SDK's server as answers one request; it has no types of its own. */
interface AnalyzerServer {
  makeAnalyzeStackRpcFun(
    pack: string,
    version: string,
    level: string,
    policies: readonly object[],
  ): (call: { request: object }, answer: (error: unknown) => void) => void;
}

const { makeAnalyzeStackRpcFun } = createRequire(import.meta.url)("@pulumi/policy/server.js") as AnalyzerServer;
const REPEATS = 3;
const PROVIDER = "urn:pulumi:bench::bench::pulumi:providers:truenas::nas";
const SITE = { name: "bench", ownershipModel: "nas-centric", phase: "steady", waivers: [] };
const COPY = { dataset: "tank", recursive: true, method: "rsync", sourceHost: "one", host: "two", schedule: {} };
const SNAPSHOTS = { dataset: "tank", recursive: true, namingSchema: "auto-%Y" };

/** Seconds in which the pack analyses a stack of some resources, the engine and its messages left out. */
export async function analysisSeconds(resources: number): Promise<number> {
  const analyse = makeAnalyzeStackRpcFun("bench", "1", "mandatory", policiesFor("steady"));
  const seconds: number[] = [];
  for (let at = 0; at < REPEATS; at += 1) {
    const request = new analyzer.AnalyzeStackRequest().setResourcesList(stack(resources));
    const started = performance.now();
    await new Promise<void>((resolve, reject) => {
      analyse({ request }, (error) => (error ? reject(error) : resolve()));
    });
    seconds.push((performance.now() - started) / 1000);
  }
  return Math.min(...seconds);
}

/** A site, one snapshot task and one copy for all, and datasets with their exports. */
function stack(resources: number) {
  const pairs = Array.from({ length: resources / 2 }, (_, at) => `tank/data-${at}`).flatMap((name) => {
    const userProperties = { "homelab:class": "runtime", "homelab:owner": "primary-nas", "homelab:purpose": name };
    return [
      resource("truenas:index:Dataset", name, { name, quota: 2e9, userProperties }),
      resource("truenas:index:NfsShare", name, { path: `/mnt/${name}`, networks: ["192.0.2.0/24"], ro: false }),
    ];
  });
  return [
    resource("homelab:index:Site", "bench", SITE),
    resource("truenas:index:SnapshotTask", "tank", SNAPSHOTS),
    resource("homelab:protection:ExternalCopy", "copy", COPY),
    ...pairs,
  ];
}

function resource(type: string, name: string, props: Record<string, structs.JavaScriptValue>) {
  const provider = new analyzer.AnalyzerProviderResource()
    .setUrn(PROVIDER)
    .setType("pulumi:providers:truenas")
    .setName("nas")
    .setProperties(structs.Struct.fromJavaScript({ host: "192.0.2.10" }));

  return new analyzer.AnalyzerResource()
    .setUrn(`urn:pulumi:bench::bench::${type}::${name}`)
    .setType(type)
    .setName(name)
    .setProperties(structs.Struct.fromJavaScript(props))
    .setOptions(new analyzer.AnalyzerResourceOptions().setProtect(true))
    .setProvider(provider);
}
