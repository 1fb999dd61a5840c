import { quote } from "shell-quote";
import type { TalosNode, TalosPlan } from "./plan.ts";
import { installerImage } from "./schematic.ts";

/** The release line whose defaults a cluster was made with: `v1.13` of `v1.13.9`. */
function contractOf({ version }: TalosPlan): string {
  return version.split(".").slice(0, 2).join(".");
}

/** Makes a cluster's secrets. */
export function makeSecrets(plan: TalosPlan): string {
  return `talosctl gen secrets --talos-version ${contractOf(plan)} --output-file -`;
}

/** Gives back what was made the first time, whatever has changed: other secrets would be another cluster. */
export const KEEP_SECRETS = 'printf "%s\\n" "$PULUMI_COMMAND_STDOUT"';

/** Opens the machines of a cluster for the commands below, with keys that are gone when they end. */
function opened(plan: TalosPlan): string {
  const endpoint = `https://${plan.endpoint}:6443`;
  return `set -eu
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%s\\n' "$TALOS_SECRETS" >"$work/secrets.yaml"
talosctl gen config ${quote([plan.name])} ${endpoint} --with-secrets "$work/secrets.yaml" --output-types talosconfig --output - >"$work/talosconfig"
talos() { at=$1; shift; talosctl --talosconfig "$work/talosconfig" --endpoints "$at" --nodes "$at" "$@"; }
answers() { talos "$1" version >/dev/null 2>&1; }
patiently() { # what, command: try for a quarter of an hour
  what=$1; shift
  for try in $(seq 90); do
    if "$@"; then return 0; fi
    [ "$try" = 90 ] || sleep 10
  done
  echo "$what" >&2
  return 1
}`;
}

/**
 * Gives one machine its configuration, and upgrades it when it runs another release or other extensions. The last word of
 * the output is its address, so that a machine that moves is found where it was.
 */
export function configureNode(plan: TalosPlan, node: TalosNode): string {
  return `${opened(plan)}
address=${node.address}
before=\${PULUMI_COMMAND_STDOUT:-}
before=\${before##* }
printf '%s\\n' "$TALOS_CONFIG" >"$work/config.yaml"
find_machine() {
  for at in "$address" "$before"; do
    [ -n "$at" ] && answers "$at" && found=$at && return 0
  done
  talosctl --nodes "$address" version --insecure >/dev/null 2>&1 && found=new
}
patiently "${node.name} does not answer at $address; look at its console" find_machine
if [ "$found" = new ]; then
  talosctl --nodes "$address" apply-config --insecure --file "$work/config.yaml" >&2
else
  talos "$found" apply-config --mode auto --file "$work/config.yaml" >&2
fi
patiently "${node.name} did not come back at $address; look at its console" answers "$address"
up_to_date() {
  talos "$address" version | sed '1,/^Server/d' | grep -q 'Tag: *${plan.version}$' &&
    talos "$address" get extensions --output yaml | grep -q ${node.schematic}
}
if [ "$found" != new ] && ! up_to_date; then
  talos "$address" upgrade --image ${installerImage(node.schematic, plan.version)} >&2
  patiently "${node.name} did not come back from its upgrade; look at its console" answers "$address"
fi
echo "${node.name} runs ${plan.version} at $address"`;
}

/** Makes etcd on the first control plane; only a cluster that has none yet is touched. */
export function bootstrap(plan: TalosPlan, first: TalosNode): string {
  return `${opened(plan)}
begin() {
  if talos ${first.address} etcd members >/dev/null 2>&1; then return 0; fi
  said=$(talos ${first.address} bootstrap 2>&1) && return 0
  case $said in *AlreadyExists*) return 0 ;; esac
  echo "$said" >&2
  return 1
}
patiently "etcd could not be made on ${first.name}" begin
echo "${plan.name} has been bootstrapped"`;
}

/** Prints what opens the API as an administrator. */
export function readKubeconfig(plan: TalosPlan, first: TalosNode): string {
  return `${opened(plan)}
talos ${first.address} kubeconfig - --force --merge=false`;
}

/** Waits until all machines that are there work together. */
export function checkHealth(plan: TalosPlan, first: TalosNode, present: readonly TalosNode[]): string {
  const of = (role: TalosNode["role"]) =>
    present
      .filter((node) => node.role === role)
      .map(({ address }) => address)
      .join();
  const workers = of("worker");
  return `${opened(plan)}
talos ${first.address} health --wait-timeout 20m --control-plane-nodes ${of("control-plane")}${workers ? ` --worker-nodes ${workers}` : ""} >&2
echo "${plan.name} is healthy"`;
}
