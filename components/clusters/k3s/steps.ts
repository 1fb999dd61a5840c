import { quote } from "shell-quote";
import { nodeConfig, SNAPSHOT_FOLDER } from "./node-config.ts";
import type { K3sNode, K3sPlan } from "./plan.ts";

const PACKAGES = ["open-iscsi", "nfs-common", "qemu-guest-agent"];

/**
 * Installs K3s on one machine, or brings it to another release or configuration; the token comes on standard input. It
 * reads first and changes only what differs.
 */
export function installNode(plan: K3sPlan, node: K3sNode): string {
  const script = `set -eu
root=\${HOMELAB_ROOT:-}
etc=$root/etc/rancher/k3s
changed=no
umask 077
token=$(cat) # before anybody else reads it
mkdir -p "$etc"
keep() { # path, content
  [ "$(cat "$1" 2>/dev/null || true)" = "$2" ] && return 0
  printf '%s\\n' "$2" >"$1"
  changed=yes
}
missing=
for package in ${PACKAGES.join(" ")}; do dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"; done
[ -z "$missing" ] || { apt-get update -q >/dev/null; DEBIAN_FRONTEND=noninteractive apt-get install -q -y $missing >/dev/null; }
${mountSnapshots(plan, node)}keep "$etc/token" "$token"
keep "$etc/config.yaml" ${quote([nodeConfig(plan, node).trimEnd()])}
installed=$(k3s --version 2>/dev/null | sed -n 's/^k3s version \\([^ ]*\\).*/\\1/p' || true)
if [ "$installed" != ${quote([plan.version])} ]; then
  curl -sfL https://get.k3s.io >"$etc/install.sh"
  INSTALL_K3S_VERSION=${quote([plan.version])} sh "$etc/install.sh" ${node.role === "control-plane" ? "server" : "agent"} >&2
elif [ "$changed" = yes ]; then
  systemctl restart ${node.role === "control-plane" ? "k3s" : "k3s-agent"}
fi
echo "${node.name} runs ${plan.version}"
`;
  return asRoot(plan, script);
}

function mountSnapshots({ etcdSnapshots, name }: K3sPlan, { role }: K3sNode): string {
  if (!etcdSnapshots || role === "worker") return "";
  const { server, path } = etcdSnapshots;
  const line = `${server}:${path} ${SNAPSHOT_FOLDER} nfs4 nfsvers=4.2,hard,_netdev 0 0`;
  return `mkdir -p "$root${SNAPSHOT_FOLDER}"
grep -qxF ${quote([line])} "$root/etc/fstab" 2>/dev/null || printf '%s\\n' ${quote([line])} >>"$root/etc/fstab"
mountpoint -q ${SNAPSHOT_FOLDER} || mount ${SNAPSHOT_FOLDER}
mkdir -p "$root${SNAPSHOT_FOLDER}/${name}"
`;
}

/** Prints what opens the API as an administrator, from anywhere. */
export function readKubeconfig(plan: K3sPlan): string {
  const script = `set -eu
sed 's/127[.]0[.]0[.]1/${plan.endpoint}/' "\${HOMELAB_ROOT:-}/etc/rancher/k3s/k3s.yaml"
`;
  return asRoot(plan, script);
}

/** Waits until all machines work together. */
export function checkHealth(plan: K3sPlan, present: readonly K3sNode[]): string {
  const nodes = present.map(({ name }) => `node/${name}`).join(" ");
  const script = `set -eu
k3s kubectl wait --for=condition=Ready --timeout=15m ${nodes} >&2
echo "${plan.name} is healthy"
`;
  return asRoot(plan, script);
}

function asRoot({ user }: K3sPlan, script: string): string {
  return user === "root" ? script : `sudo -n sh -c ${quote([script])}`;
}
