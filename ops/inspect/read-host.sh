# Reads what a site says of a Proxmox host. It writes nothing.
set -eu
root=${HOMELAB_ROOT:-} # Empty on a real host; a rehearsal keeps its host in a folder.
node=$(hostname -s)
printf 'hostKey %s\n' "$(cut -d' ' -f1,2 "$root/etc/ssh/ssh_host_ed25519_key.pub" 2>/dev/null || true)"
printf 'pci %s\n' "$(pvesh get "/nodes/$node/hardware/pci" --pci-class-blacklist '' --output-format json)"
zpool status -P -L 2>/dev/null | awk '$1 ~ "^/dev/" { print $1 }' | sort -u | while read -r part; do
  disk=$(lsblk -ndo pkname "$part")
  disk=${disk:-${part#/dev/}}
  path=$(readlink -f "$root/sys/block/$disk")
  controller=$(printf '%s\n' "$path" | grep -oE '[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]' | tail -n 1)
  serial=$(cat "$path/serial" 2>/dev/null || cat "$path/device/serial" 2>/dev/null || true)
  printf 'bootDisk %s %s\n' "${serial:-unknown}" "$controller"
done
