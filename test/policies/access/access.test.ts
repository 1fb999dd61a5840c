import { authoritativeDataIsWrittenSynchronously } from "../../../policies/access/authoritative-data-is-written-synchronously.ts";
import { computeComesByNfsOrIscsi } from "../../../policies/access/compute-comes-by-nfs-or-iscsi.ts";
import { exportsNameTheirClients } from "../../../policies/access/exports-name-their-clients.ts";
import { exportsSquashRoot } from "../../../policies/access/exports-squash-root.ts";
import { nfsAndIscsiStayOnStorageNetwork } from "../../../policies/access/nfs-and-iscsi-stay-on-storage-network.ts";
import { nfsIsVersion4 } from "../../../policies/access/nfs-is-version-4.ts";
import { peopleComeBySmb } from "../../../policies/access/people-come-by-smb.ts";
import { privateDataAdmitsNoGuests } from "../../../policies/access/private-data-admits-no-guests.ts";
import { dataset, nfs, site, smb, storageClass, truenas, UNKNOWN, volume, zvol } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

testRule(peopleComeBySmb, {
  violates: [
    [
      [nfs("tank/a", { networks: ["192.168.0.0/25"], hosts: ["192.168.0.7"] })],
      'NFS share "nas/tank/a" exports to 192.168.0.0/25, where people are, who must come by SMB',
      'NFS share "nas/tank/a" exports to 192.168.0.7, where people are, who must come by SMB',
    ],
  ],
  complies: [[nfs("tank/a")]],
  ignores: [[smb("a", "tank/a")], [site({ networks: {} }), nfs("tank/a", { networks: ["192.168.0.0/24"] })]],
  undecided: [[nfs("tank/a", { networks: [UNKNOWN] })], "nas/tank/a"],
});

testRule(computeComesByNfsOrIscsi, {
  violates: [
    [
      [smb("a", "tank/a", { options: { hostsallow: ["10.10.10.0/24"] } })],
      'SMB share "nas/a" is shared with 10.10.10.0/24, where compute is, which must come by NFS or iSCSI',
    ],
    [[storageClass("smb", "smb.csi.k8s.io")], 'storage class "smb" reaches its data by SMB and must use NFS or iSCSI'],
    [
      [volume("files", { csi: { driver: "smb.csi.k8s.io" } })],
      'persistent volume "files" reaches its data by SMB and must use NFS or iSCSI',
    ],
  ],
  complies: [[smb("a", "tank/a"), storageClass("nfs", "nfs.csi.k8s.io"), volume("v", { nfs: {} })]],
  ignores: [[nfs("tank/a")]],
  undecided: [[smb("a", "tank/a", { options: UNKNOWN })], "nas/a"],
});

testRule(exportsNameTheirClients, {
  violates: [
    [[nfs("tank/a", { networks: [] })], 'NFS share "nas/tank/a" names no client and must not be open to everybody'],
    [
      [nfs("tank/a", { networks: ["0.0.0.0/0"], hosts: ["*"] })],
      'NFS share "nas/tank/a" names 0.0.0.0/0 and must not be open to everybody',
      'NFS share "nas/tank/a" names * and must not be open to everybody',
    ],
  ],
  complies: [[nfs("tank/a")], [nfs("tank/a", { networks: [], hosts: ["10.10.10.5"] })]],
  ignores: [[smb("a", "tank/a", { options: {} })]],
  undecided: [[nfs("tank/a", { hosts: UNKNOWN })], "nas/tank/a"],
});

testRule(exportsSquashRoot, {
  violates: [
    [
      [nfs("tank/a", { maprootUser: "root" })],
      'NFS share "nas/tank/a" maps clients to root by maprootUser and must squash root',
    ],
    [
      [nfs("tank/a", { mapallUser: "root" })],
      'NFS share "nas/tank/a" maps clients to root by mapallUser and must squash root',
    ],
  ],
  complies: [[nfs("tank/a", { mapallUser: "apps" })], [nfs("tank/a")]],
  ignores: [[smb("a", "tank/a")]],
  undecided: [[nfs("tank/a", { maprootUser: UNKNOWN })], "nas/tank/a"],
});

testRule(authoritativeDataIsWrittenSynchronously, {
  violates: [
    [
      [dataset("tank/a", "authoritative", { sync: "DISABLED" })],
      'dataset "nas/tank/a" is authoritative and must not have sync disabled',
    ],
    [
      [dataset("tank/a", "container", { sync: "DISABLED" }), zvol("tank/a/b", "authoritative", { sync: "INHERIT" })],
      'zvol "nas/tank/a/b" is authoritative and must not have sync disabled by tank/a',
    ],
  ],
  complies: [
    [dataset("tank/a", "authoritative", { sync: "ALWAYS" })],
    [dataset("tank/a", "container", { sync: "DISABLED" }), dataset("tank/a/b", "authoritative", { sync: "STANDARD" })],
  ],
  ignores: [[dataset("tank/a", "disposable", { sync: "DISABLED" })]],
  undecided: [[dataset("tank/a", "authoritative", { sync: UNKNOWN })], "nas/tank/a"],
});

testRule(nfsIsVersion4, {
  violates: [
    [
      [truenas("NfsConfig", "nfs", { protocols: ["NFSV3", "NFSV4"] })],
      'NFS service "nas/nfs" speaks NFSV3 and NFSV4 and must speak NFSV4 only',
    ],
    [
      [truenas("NfsConfig", "nfs", {})],
      'NFS service "nas/nfs" speaks its defaults, NFSV3 and NFSV4, and must speak NFSV4 only',
    ],
  ],
  complies: [[truenas("NfsConfig", "nfs", { protocols: ["NFSV4"] })]],
  ignores: [[nfs("tank/a")]],
  undecided: [[truenas("NfsConfig", "nfs", { protocols: UNKNOWN })], "nas/nfs"],
});

testRule(nfsAndIscsiStayOnStorageNetwork, {
  violates: [
    [
      [truenas("NfsConfig", "nfs", { bindip: [] })],
      'NFS service "nas/nfs" serves 0.0.0.0 and must stay on the storage network 10.10.10.0/24',
    ],
    [
      [nfs("tank/a", { networks: ["10.10.10.0/24", "10.0.2.0/24"] })],
      'NFS share "nas/tank/a" serves 10.0.2.0/24 and must stay on the storage network 10.10.10.0/24',
    ],
    [
      [truenas("IscsiPortal", "portal", { listen: [{ ip: "0.0.0.0" }] })],
      'iSCSI portal "nas/portal" serves 0.0.0.0 and must stay on the storage network 10.10.10.0/24',
    ],
    [
      [truenas("NfsConfig", "nfs", { bindip: ["192.168.0.20"] })],
      'NFS service "nas/nfs" serves 192.168.0.20 and must stay on the storage network 10.10.10.0/24',
    ],
  ],
  complies: [
    [
      nfs("tank/a", { hosts: ["10.10.10.5", "worker.home"] }),
      truenas("IscsiPortal", "p", { listen: [{ ip: "10.10.10.20" }] }),
    ],
  ],
  ignores: [[site({ networks: {} }), nfs("tank/a", { networks: ["10.0.2.0/24"] })], [smb("a", "tank/a")]],
  undecided: [[nfs("tank/a", { networks: UNKNOWN })], "nas/tank/a"],
});

testRule(privateDataAdmitsNoGuests, {
  violates: [
    [
      [dataset("tank/a", "runtime"), smb("a", "tank/a", { options: { guestok: true } })],
      'SMB share "nas/a" admits guests to private data and must not',
    ],
    [
      [smb("a", "tank/a", { options: { guestok: true } })],
      'SMB share "nas/a" admits guests to private data and must not',
    ],
  ],
  complies: [[dataset("tank/a", "runtime"), smb("a", "tank/a")]],
  ignores: [[dataset("tank/a", "disposable"), smb("a", "tank/a", { options: { guestok: true } })]],
  undecided: [[smb("a", "tank/a", { options: { guestok: UNKNOWN } })], "nas/a"],
});
