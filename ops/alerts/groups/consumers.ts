import type { Concern } from "../concern.ts";
import type { Rule, RuleGroup } from "../rule.ts";

const FOREIGN = "see the host named in the alert";

/** What those who use the appliances see themselves, by their node_exporter and kubelet. */
export function consumers(concern: Concern): RuleGroup {
  const { site } = concern;
  const kubernetes = Object.keys(site.clusters).length > 0;

  return {
    name: "consumers",
    doc: "Machines that use the appliances can reach what they have mounted",
    rules: [
      ...Object.entries(site.appliances).flatMap(([appliance, { addresses }]) =>
        nfsRules(appliance, Object.values(addresses)),
      ),
      ...(kubernetes ? [volumesDoNotMount()] : []),
    ],
  };
}

function nfsRules(appliance: string, addresses: readonly string[]): Rule[] {
  if (addresses.length === 0) return [];
  const servers = addresses.map((address) => address.replaceAll(".", "[.]")).join("|");

  return [
    {
      alert: "NfsMountFails",
      expr: `node_filesystem_device_error{fstype=~"nfs4?",device=~"(${servers}):.+"} == 1`,
      for: "5m",
      severity: "critical",
      labels: { appliance },
      summary: `{{ $labels.instance }} cannot reach {{ $labels.device }}, which it has mounted`,
      remedy: `${FOREIGN}: programs there hang on it. If ${appliance} answers and serves the share, remount; otherwise cure that first.`,
    },
  ];
}

function volumesDoNotMount(): Rule {
  return {
    alert: "VolumesDoNotMount",
    expr: 'sum by (instance, volume_plugin) (rate(storage_operation_duration_seconds_count{operation_name=~"volume_mount|volume_attach",status!="success",volume_plugin=~".*(nfs|iscsi).*"}[10m])) > 0',
    for: "15m",
    severity: "warning",
    summary: "Volumes of {{ $labels.volume_plugin }} do not mount on {{ $labels.instance }}",
    remedy: "kubectl get events -A --field-selector reason=FailedMount names the volume and the reason.",
  };
}
