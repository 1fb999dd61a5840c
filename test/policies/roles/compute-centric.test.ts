import { aiComputeHasNoFilesystemPath } from "../../../policies/roles/ai-compute-has-no-filesystem-path.ts";
import { backupAccessIsWriteRestricted } from "../../../policies/roles/backup-access-is-write-restricted.ts";
import { backupsAreAutomated } from "../../../policies/roles/backups-are-automated.ts";
import { nasExportsNoFilesystem } from "../../../policies/roles/nas-exports-no-filesystem.ts";
import { proxmoxRunsInfrastructureOnly } from "../../../policies/roles/proxmox-runs-infrastructure-only.ts";
import { userAppsAreComposeStacks } from "../../../policies/roles/user-apps-are-compose-stacks.ts";
import { userComputeKeepsDataLocal } from "../../../policies/roles/user-compute-keeps-data-local.ts";
import {
  annotated,
  claim,
  computeSite,
  dataset,
  deployment,
  machine,
  nfs,
  replication,
  says,
  site,
  smb,
  truenas,
  UNKNOWN,
  volume,
} from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const home = computeSite({
  hosts: {
    apps: { state: "online", role: "user-compute", addresses: { lan: "10.10.10.5" } },
    brain: { state: "online", role: "ai-compute", addresses: { storage: "10.10.10.9" } },
  },
});
const quiet = computeSite();
const ownedBy = (owner: string, path = "tank/a") =>
  dataset(path, "runtime", { userProperties: says("runtime", path, { "homelab:owner": owner }) });
const of = (owner: string) => annotated("runtime", { "homelab/owner": owner });

testRule(nasExportsNoFilesystem, {
  violates: [
    [
      [quiet, dataset("tank/a", "runtime"), nfs("tank/a")],
      'NFS share "nas/tank/a" exports storage of the NAS to other machines and must not',
    ],
    [
      [quiet, truenas("IscsiExtent", "disk", { disk: "zvol/tank/a" })],
      'iscsi extent "nas/disk" exports storage of the NAS to other machines and must not',
    ],
  ],
  complies: [[quiet, ownedBy("user-compute"), nfs("tank/a")]],
  ignores: [
    [site(), nfs("tank/a")],
    [quiet, smb("a", "tank/a")],
  ],
  undecided: [[quiet, nfs("tank/a", { path: UNKNOWN })], "nas/tank/a"],
});

testRule(userComputeKeepsDataLocal, {
  violates: [
    [
      [home, nfs("tank/a")],
      'NFS share "nas/tank/a" is mounted by apps, which is user compute and must keep its data locally',
    ],
    [
      [quiet, claim("files", "truenas-nfs-fast", of("user-compute"))],
      'persistent volume claim "files" belongs to user compute, lies on the NAS (nfs) and must be local',
    ],
    [
      [quiet, volume("files", { nfs: {} }, of("user-compute"))],
      'persistent volume "files" belongs to user compute, lies on the NAS (nfs) and must be local',
    ],
  ],
  complies: [
    [home, nfs("tank/a", { networks: ["192.168.0.0/24"] })],
    [quiet, claim("files", "local-path", of("user-compute"))],
  ],
  ignores: [
    [site(), claim("files", "truenas-nfs-fast", of("user-compute"))],
    [quiet, claim("a", "nfs")],
  ],
  undecided: [[quiet, claim("files", UNKNOWN, of("user-compute"))], "files"],
});

testRule(aiComputeHasNoFilesystemPath, {
  violates: [
    [
      [home, nfs("tank/a")],
      'NFS share "nas/tank/a" lets in brain, which is AI compute and must reach data through APIs only',
    ],
    [
      [quiet, claim("models", "nfs", of("ai-compute"))],
      'persistent volume claim "models" belongs to AI compute, lies on the NAS (nfs) and must not',
    ],
    [
      [quiet, volume("models", { nfs: {} }, of("ai-compute"))],
      'persistent volume "models" belongs to AI compute, lies on the NAS (nfs) and must not',
    ],
    [
      [quiet, deployment("ollama", [{ name: "photos", hostPath: { path: "/photos" } }], of("ai-compute"))],
      'deployment "ollama" is AI compute, mounts photos and must reach data through APIs only',
    ],
  ],
  complies: [
    [home, nfs("tank/a", { networks: ["10.10.10.4/32"] })],
    [quiet, deployment("ollama", [{ name: "c", emptyDir: {} }], of("ai-compute"))],
  ],
  ignores: [
    [site(), nfs("tank/a")],
    [home, ownedBy("ai-compute"), nfs("tank/a")],
  ],
  undecided: [[home, nfs("tank/a", { networks: [UNKNOWN] })], "nas/tank/a"],
});

testRule(proxmoxRunsInfrastructureOnly, {
  violates: [
    [
      [quiet, machine("jellyfin", { tags: ["media"] })],
      'virtual machine "jellyfin" runs on Proxmox and must be tagged infrastructure or control-plane, or run elsewhere',
    ],
    [
      [quiet, { ...machine("web", {}), type: "proxmoxve:index/containerLegacy:ContainerLegacy", props: {} }],
      'container "web" runs on Proxmox and must be tagged infrastructure or control-plane, or run elsewhere',
    ],
  ],
  complies: [[quiet, machine("dns"), machine("cp", { tags: ["control-plane", "talos"] })]],
  ignores: [[site(), machine("jellyfin", { tags: [] })]],
  undecided: [[quiet, machine("jellyfin", { tags: UNKNOWN })], "jellyfin"],
});

testRule(userAppsAreComposeStacks, {
  violates: [
    [[quiet, truenas("App", "immich", {})], 'app "nas/immich" is a TrueNAS App and must be a Compose stack'],
    [
      [quiet, deployment("immich", [], of("user-compute"))],
      'deployment "immich" is an application of user compute in Kubernetes and must be a Compose stack',
    ],
  ],
  complies: [[quiet, deployment("loki", [], of("infrastructure"))]],
  ignores: [[site(), truenas("App", "immich", {})]],
  undecided: [[quiet, deployment("immich", [], of(UNKNOWN))], "immich"],
});

testRule(backupAccessIsWriteRestricted, {
  violates: [
    [
      [quiet, ownedBy("archive-nas"), smb("a", "tank/a")],
      'SMB share "nas/a" opens data of the archive-nas for writing and must be read-only',
    ],
    [
      [quiet, ownedBy("backup-nas"), nfs("tank/a")],
      'NFS share "nas/tank/a" opens data of the backup-nas for writing and must be read-only',
    ],
  ],
  complies: [[quiet, ownedBy("archive-nas"), smb("a", "tank/a", { readonly: true }), nfs("tank/a", { ro: true })]],
  ignores: [
    [site(), ownedBy("archive-nas"), smb("a", "tank/a")],
    [quiet, ownedBy("user-compute"), smb("a", "tank/a")],
  ],
  undecided: [[quiet, ownedBy("archive-nas"), smb("a", "tank/a", { readonly: UNKNOWN })], "nas/a"],
});

testRule(backupsAreAutomated, {
  violates: [
    [
      [quiet, replication("tank/a", "b/a", { auto: false })],
      'replication task "nas/copy of tank/a" must run by itself, on a schedule',
    ],
    [
      [quiet, truenas("CloudBackup", "photos", { path: "/mnt/tank/a", schedule: {}, enabled: false })],
      'cloud backup "nas/photos" must run by itself, on a schedule',
    ],
  ],
  complies: [[quiet, replication("tank/a", "b/a"), truenas("CloudBackup", "photos", { schedule: {} })]],
  ignores: [[site(), replication("tank/a", "b/a", { auto: false })]],
  undecided: [[quiet, replication("tank/a", "b/a", { auto: UNKNOWN })], "nas/copy of tank/a"],
});
