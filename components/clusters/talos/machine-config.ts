import { stringify } from "yaml";
import { networkDocuments } from "./network-documents.ts";
import type { TalosNode, TalosPlan } from "./plan.ts";
import { checkDocuments } from "./schema.ts";
import { installerImage } from "./schematic.ts";
import type { TalosSecrets } from "./secrets.ts";
import { SNAPSHOT_NAMESPACE, SNAPSHOT_ROLE, snapshotManifest } from "./snapshot-manifest.ts";

/** Everything that a machine must know, as YAML of several documents. @throws when Talos would refuse it. */
export function machineConfig(plan: TalosPlan, node: TalosNode, secrets: TalosSecrets): string {
  const main = {
    version: "v1alpha1",
    persist: true,
    machine: machineSection(plan, node, secrets),
    cluster: clusterSection(plan, node, secrets),
  };
  const documents = [main, ...networkDocuments(plan, node)];
  checkDocuments(node.name, documents);

  // Quoted, or a reader of older YAML takes `off` for a truth value.
  const options = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 } as const;
  return documents.map((document) => stringify(document, options)).join("---\n");
}

function machineSection(plan: TalosPlan, node: TalosNode, { trustdinfo, certs }: TalosSecrets) {
  const controls = node.role === "control-plane";
  return {
    type: controls ? "controlplane" : "worker",
    token: trustdinfo.token,
    ca: { crt: certs.os.crt, key: controls ? certs.os.key : "" },
    certSANs: [plan.endpoint, node.address],
    kubelet: {
      image: `ghcr.io/siderolabs/kubelet:${plan.kubernetes}`,
      defaultRuntimeSeccompProfileEnabled: true,
      disableManifestsDirectory: true,
      // A node has a card in the storage network too; nobody looks for pods there.
      nodeIP: { validSubnets: [node.subnet] },
      ...(controls ? {} : registered(node.taints)),
    },
    install: { disk: "/dev/sda", image: installerImage(node.schematic, plan.version), wipe: false },
    features: {
      diskQuotaSupport: true,
      kubePrism: { enabled: true, port: 7445 },
      hostDNS: { enabled: true, forwardKubeDNSToHost: true },
      ...(controls && plan.etcdSnapshots ? { kubernetesTalosAPIAccess: SNAPSHOT_ACCESS } : {}),
    },
    ...(Object.keys(node.labels).length > 0 ? { nodeLabels: node.labels } : {}),
    ...(controls && Object.keys(node.taints).length > 0 ? { nodeTaints: node.taints } : {}),
  };
}

/**
 * Taints that a worker registers with. Kubernetes lets a worker change none of its own later, so that `nodeTaints` would
 * fail there for ever.
 */
function registered(taints: TalosNode["taints"]) {
  const registerWithTaints = Object.entries(taints).map(([key, taint]) => {
    const [effect = "", ...value] = taint.split(":").reverse();
    return { key, ...(value.length > 0 ? { value: value.reverse().join(":") } : {}), effect };
  });
  return registerWithTaints.length > 0 ? { extraConfig: { registerWithTaints } } : {};
}

const SNAPSHOT_ACCESS = {
  enabled: true,
  allowedRoles: [SNAPSHOT_ROLE],
  allowedKubernetesNamespaces: [SNAPSHOT_NAMESPACE],
};

function clusterSection(plan: TalosPlan, node: TalosNode, secrets: TalosSecrets) {
  const { cluster, secrets: shared, certs } = secrets;
  const common = {
    id: cluster.id,
    secret: cluster.secret,
    clusterName: plan.name,
    controlPlane: { endpoint: `https://${plan.endpoint}:6443` },
    network: { dnsDomain: "cluster.local", podSubnets: ["10.244.0.0/16"], serviceSubnets: ["10.96.0.0/12"] },
    discovery: { enabled: true, registries: { kubernetes: { disabled: true } } },
    token: shared.bootstraptoken,
  };
  if (node.role === "worker") return { ...common, ca: { crt: certs.k8s.crt, key: "" } };

  return { ...common, ca: certs.k8s, ...controlPlaneSection(plan, secrets) };
}

function controlPlaneSection(plan: TalosPlan, { secrets, certs }: TalosSecrets) {
  const { kubernetes, endpoint, subnet, etcdSnapshots } = plan;
  const image = (name: string) => `registry.k8s.io/${name}:${kubernetes}`;
  const controlPlanes = plan.nodes.filter(({ role }) => role === "control-plane");
  // Monitoring reaches these only when they listen on every address.
  const everywhere = { "bind-address": "0.0.0.0" };

  return {
    secretboxEncryptionSecret: secrets.secretboxencryptionsecret,
    aggregatorCA: certs.k8saggregator,
    serviceAccount: { key: certs.k8sserviceaccount.key },
    apiServer: {
      image: image("kube-apiserver"),
      certSANs: [endpoint, ...controlPlanes.map(({ address }) => address)],
      admissionControl: [POD_SECURITY],
    },
    controllerManager: { image: image("kube-controller-manager"), extraArgs: everywhere },
    proxy: { image: image("kube-proxy"), extraArgs: { "metrics-bind-address": "0.0.0.0:10249" } },
    scheduler: { image: image("kube-scheduler"), extraArgs: everywhere },
    etcd: {
      ca: certs.etcd,
      advertisedSubnets: [subnet],
      extraArgs: { "listen-metrics-urls": "http://0.0.0.0:2381" },
    },
    ...(etcdSnapshots ? { inlineManifests: [snapshotManifest(plan, etcdSnapshots)] } : {}),
  };
}

/** Pods may do what the baseline allows, unless their namespace says otherwise. */
const POD_SECURITY = {
  name: "PodSecurity",
  configuration: {
    apiVersion: "pod-security.admission.config.k8s.io/v1alpha1",
    kind: "PodSecurityConfiguration",
    defaults: {
      enforce: "baseline",
      "enforce-version": "latest",
      audit: "restricted",
      "audit-version": "latest",
      warn: "restricted",
      "warn-version": "latest",
    },
    exemptions: { usernames: [], runtimeClasses: [], namespaces: ["kube-system"] },
  },
};
