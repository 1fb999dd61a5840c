/** Files that every appliance can run. */
export const EXECUTABLES: readonly string[] = [
  ...["/usr/bin/bash", "/usr/bin/dash", "/usr/bin/rbash", "/usr/bin/sh", "/usr/bin/tmux", "/usr/bin/zsh"],
  ...["/usr/bin/false", "/usr/bin/midclt", "/usr/bin/rsync", "/usr/bin/true"],
  ...["/usr/sbin/nologin", "/usr/sbin/smartctl", "/usr/sbin/sysctl", "/usr/sbin/zfs", "/usr/sbin/zpool"],
];
