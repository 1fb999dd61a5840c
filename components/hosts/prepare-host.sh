# Prepares a Proxmox host for passing devices through. Everything is read before anything is written, only differences are
# written, and nothing is ever restarted. The values it works with stand above: NODE, DEVICES, DRIVERS, ARC_MAX, START_DELAY.
set -eu
root=${HOMELAB_ROOT:-} # Empty on a real host; a rehearsal keeps its host in a folder.
pci=$root/sys/bus/pci/devices
changed=no initramfs=no loader=no

say() { printf '%s\n' "$*"; }
refuse() {
  printf 'nothing was changed: %s\n' "$*" >&2
  exit 1
}
id_of() {
  vendor=$(cat "$pci/$1/vendor") device=$(cat "$pci/$1/device")
  say "${vendor#0x}:${device#0x}"
}
# All functions of a slot, or the one that is named.
functions_of() {
  case $1 in *.?) say "$1" ;; *) for at in "$pci/$1".?; do [ -e "$at" ] && basename "$at"; done ;; esac
}
has_word() { case " $1 " in *" $2 "*) true ;; *) false ;; esac }

# Addresses of everything on the way to a disk of a pool that this host has imported.
in_use() {
  zpool status -P -L 2>/dev/null | awk '$1 ~ "^/dev/" { print $1 }' | sort -u | while read -r part; do
    disk=$(lsblk -ndo pkname "$part")
    readlink -f "$root/sys/block/${disk:-${part#/dev/}}" | grep -oE '[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]' || true
  done
}

# 1. Read.
passed=
for entry in $DEVICES; do
  address=${entry%%=*} id=${entry#*=}
  functions=$(functions_of "$address")
  [ -n "$functions" ] && [ -e "$pci/${functions%%
*}" ] || refuse "there is no device at $address"
  seen=$(id_of "${functions%%
*}")
  [ "$seen" = "$id" ] || refuse "the device at $address is $seen, not $id; read the addresses again"
  passed="$passed $(say "$functions" | tr '\n' ' ')"
done
used=$(in_use | tr '\n' ' ')
for address in $passed; do
  has_word "$used" "$address" && refuse "disks of a pool that this host has imported hang on $address"
done
by_id= by_address=
for address in $passed; do
  id=$(id_of "$address") others=
  for other in "$pci"/*; do
    other=$(basename "$other")
    has_word "$passed" "$other" || [ "$(id_of "$other")" != "$id" ] || others=$other
  done
  if [ -n "$others" ]; then by_address="$by_address $address"; else has_word "$by_id" "$id" || by_id="$by_id $id"; fi
done

# 2. Write what differs.
write() { # path, content, mode
  [ "$(cat "$root$1" 2>/dev/null || true)" = "$2" ] && return 1
  [ -n "$2" ] || [ -e "$root$1" ] || return 1
  changed=yes
  if [ -z "$2" ]; then
    rm "$root$1"
    say "removed $1"
    return 0
  fi
  mkdir -p "$(dirname "$root$1")"
  printf '%s\n' "$2" >"$root$1.new"
  chmod "${3:-644}" "$root$1.new"
  mv "$root$1.new" "$root$1"
  say "wrote $1"
}
boot() { write "$@" && initramfs=yes || true; }

binding= override=
if [ -n "$by_id" ]; then
  binding="options vfio-pci ids=$(say $by_id | tr ' ' ',')"
  for driver in $DRIVERS; do
    binding="$binding
softdep $driver pre: vfio-pci"
  done
fi
[ -z "$by_address" ] || override="#!/bin/sh
[ \"\${1:-}\" = prereqs ] && exit 0
for address in$by_address; do echo vfio-pci >\"/sys/bus/pci/devices/\$address/driver_override\"; done
modprobe vfio-pci"
modules=
[ -z "$passed" ] || modules='vfio
vfio_iommu_type1
vfio_pci'
boot /etc/modules-load.d/homelab.conf "$modules"
boot /etc/modprobe.d/homelab.conf "$binding"
boot /etc/initramfs-tools/scripts/init-top/homelab "$override" 755
if [ -n "$by_address" ]; then
  listed=$(cat "$root/etc/initramfs-tools/modules" 2>/dev/null || true)
  has_word "$(say "$listed" | tr '\n' ' ')" vfio_pci || boot /etc/initramfs-tools/modules "$listed
vfio_pci"
fi

# ZFS ignores a maximum that is not above the minimum, so both are set; other options of the file stay.
arc_min=$((ARC_MAX / 2))
kept=$(sed -E '/^options zfs /{s/ zfs_arc_(max|min)=[0-9]+//g;/^options zfs *$/d}' "$root/etc/modprobe.d/zfs.conf" 2>/dev/null || true)
boot /etc/modprobe.d/zfs.conf "${kept:+$kept
}options zfs zfs_arc_max=$ARC_MAX zfs_arc_min=$arc_min"
parameters=$root/sys/module/zfs/parameters
if [ "$(cat "$parameters/zfs_arc_max") $(cat "$parameters/zfs_arc_min")" != "$ARC_MAX $arc_min" ]; then
  for pair in "min $arc_min" "max $ARC_MAX" "min $arc_min"; do say "${pair#* }" >"$parameters/zfs_arc_${pair%% *}"; done
  changed=yes
  say "limited the cache of ZFS to $ARC_MAX bytes"
fi

words=iommu=pt
grep -q GenuineIntel "$root/proc/cpuinfo" && words="intel_iommu=on iommu=pt"
if proxmox-boot-tool status 2>/dev/null | grep -q 'configured with: uefi'; then
  line=$(cat "$root/etc/kernel/cmdline")
  for word in $words; do has_word "$line" "$word" || line="$line $word"; done
  write /etc/kernel/cmdline "$line" && loader='proxmox-boot-tool refresh' || true
else
  line=$(sed -n 's/^GRUB_CMDLINE_LINUX_DEFAULT="\(.*\)"$/\1/p' "$root/etc/default/grub")
  for word in $words; do has_word "$line" "$word" || line="${line:+$line }$word"; done
  grub=$(sed "s|^GRUB_CMDLINE_LINUX_DEFAULT=.*|GRUB_CMDLINE_LINUX_DEFAULT=\"$line\"|" "$root/etc/default/grub")
  write /etc/default/grub "$grub" && loader=update-grub || true
fi

delay=$(pvesh get "/nodes/$NODE/config" --output-format json | sed -n 's/.*"startall-onboot-delay":"\{0,1\}\([0-9]*\).*/\1/p')
if [ "${delay:-0}" != "$START_DELAY" ]; then
  pvesh set "/nodes/$NODE/config" --startall-onboot-delay "$START_DELAY"
  changed=yes
  say "machines start $START_DELAY s after boot"
fi

[ "$initramfs" = no ] || update-initramfs -u -k all >/dev/null
[ "$loader" = no ] || $loader >/dev/null

# 3. Say what is left to do.
[ "$changed" = yes ] || say 'nothing to change'
due=
for word in $words; do has_word "$(cat "$root/proc/cmdline")" "$word" || due="$due; the kernel runs without $word"; done
for address in $passed; do
  driver=$(basename "$(readlink "$pci/$address/driver" 2>/dev/null || true)")
  [ -z "$driver" ] || [ "$driver" = vfio-pci ] || due="$due; $address is still driven by $driver"
done
if [ -n "$due" ]; then say "a reboot is due: ${due#; }"; else say 'ready, no reboot is due'; fi
