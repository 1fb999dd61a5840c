// What Talos 1.13 takes, as far as this program writes it: unknown keys are refused here as they are there.
import { z } from "zod";

const base64 = z.string().regex(/^[A-Za-z0-9+/_-]+=*$/);
const authority = z.strictObject({ crt: base64, key: z.union([base64, z.literal("")]) });
const image = z.string().regex(/^[a-z0-9.-]+(\/[a-z0-9._-]+)+:[A-Za-z0-9._-]+$/);
const address = z.union([z.ipv4(), z.ipv6()]);
const prefix = z.union([z.cidrv4(), z.cidrv6()]);
const subnets = z.array(prefix).min(1);
const label = z.string().regex(/^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/);
const labelName = z.string().regex(/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/);
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
const taint = z.string().regex(new RegExp(`^([A-Za-z0-9._-]{0,63}:)?(${EFFECTS.join("|")})$`));
const registeredTaint = z.strictObject({ key: labelName, value: label.exactOptional(), effect: z.enum(EFFECTS) });
const hostName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
const token = z.string().regex(/^[a-z0-9]{6}[.][a-z0-9]{16}$/);
const args = z.record(z.string(), z.string());

const machine = z.strictObject({
  type: z.enum(["controlplane", "worker"]),
  token,
  ca: authority,
  certSANs: z.array(z.string()),
  kubelet: z.strictObject({
    image,
    defaultRuntimeSeccompProfileEnabled: z.boolean(),
    disableManifestsDirectory: z.boolean(),
    nodeIP: z.strictObject({ validSubnets: subnets }),
    extraConfig: z.strictObject({ registerWithTaints: z.array(registeredTaint).min(1) }).exactOptional(),
  }),
  install: z.strictObject({ disk: z.string().startsWith("/dev/"), image, wipe: z.boolean() }),
  features: z.strictObject({
    diskQuotaSupport: z.boolean(),
    kubePrism: z.strictObject({ enabled: z.boolean(), port: z.int() }),
    hostDNS: z.strictObject({ enabled: z.boolean(), forwardKubeDNSToHost: z.boolean() }),
    kubernetesTalosAPIAccess: z
      .strictObject({
        enabled: z.boolean(),
        allowedRoles: z.array(z.enum(["os:reader", "os:etcd:backup"])),
        allowedKubernetesNamespaces: z.array(z.string()),
      })
      .exactOptional(),
  }),
  nodeLabels: z.record(labelName, label).exactOptional(),
  nodeTaints: z.record(labelName, taint).exactOptional(),
});

const component = z.strictObject({ image, extraArgs: args.exactOptional() });

const cluster = z.strictObject({
  id: base64,
  secret: base64,
  clusterName: z.string(),
  controlPlane: z.strictObject({ endpoint: z.url({ protocol: /^https$/ }) }),
  network: z.strictObject({ dnsDomain: z.string(), podSubnets: subnets, serviceSubnets: subnets }),
  discovery: z.strictObject({
    enabled: z.boolean(),
    registries: z.strictObject({ kubernetes: z.strictObject({ disabled: z.boolean() }) }),
  }),
  token,
  ca: authority,
  secretboxEncryptionSecret: base64.exactOptional(),
  aggregatorCA: authority.exactOptional(),
  serviceAccount: z.strictObject({ key: base64 }).exactOptional(),
  apiServer: z
    .strictObject({
      image,
      certSANs: z.array(z.string()),
      admissionControl: z.array(z.strictObject({ name: z.string(), configuration: z.record(z.string(), z.unknown()) })),
    })
    .exactOptional(),
  controllerManager: component.exactOptional(),
  proxy: component.exactOptional(),
  scheduler: component.exactOptional(),
  etcd: z.strictObject({ ca: authority, advertisedSubnets: subnets, extraArgs: args }).exactOptional(),
  inlineManifests: z.array(z.strictObject({ name: z.string(), contents: z.string() })).exactOptional(),
});

const kind = <const K extends string>(name: K) => ({ apiVersion: z.literal("v1alpha1"), kind: z.literal(name) });

const link = z.strictObject({
  ...kind("LinkConfig"),
  name: z.string(),
  up: z.boolean(),
  mtu: z.int().min(68).max(9216),
  addresses: z.array(z.strictObject({ address: prefix })).min(1),
  routes: z.array(z.strictObject({ gateway: address })).exactOptional(),
});

/** Each document that a machine may be given, by its kind; the main one has none. */
const DOCUMENTS: Readonly<Record<string, z.ZodType>> = {
  "": z.strictObject({ version: z.literal("v1alpha1"), persist: z.boolean(), machine, cluster }),
  HostnameConfig: z.strictObject({ ...kind("HostnameConfig"), auto: z.literal("off"), hostname: hostName }),
  LinkConfig: link,
  ResolverConfig: z.strictObject({
    ...kind("ResolverConfig"),
    nameservers: z.array(z.strictObject({ address })).min(1).max(3),
  }),
  Layer2VIPConfig: z.strictObject({ ...kind("Layer2VIPConfig"), name: address, link: z.string() }),
};

/** Checks what a machine is to be given. @throws with everything that Talos would refuse; secrets are not quoted. */
export function checkDocuments(node: string, documents: readonly object[]): void {
  const wrong = documents.flatMap((document) => {
    const name = (document as { kind?: string }).kind ?? "";
    const schema = DOCUMENTS[name];
    if (!schema) return [`${name} is no document that Talos knows`];
    const result = schema.safeParse(document);
    const where = name || "the machine configuration";
    return result.success
      ? []
      : result.error.issues.map(({ path, message }) => `${where}: ${path.join(".")}: ${message}`);
  });
  if (wrong.length > 0) throw new Error(`Talos would refuse the configuration of ${node}: ${wrong.join("; ")}`);
}
