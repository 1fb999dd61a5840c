import { nextcloudOwnsNothing } from "../../../policies/classification/nextcloud-owns-nothing.ts";
import { streamingMediaIsHiddenFromNextcloud } from "../../../policies/classification/streaming-media-is-hidden-from-nextcloud.ts";
import { streamingMediaIsReadOnly } from "../../../policies/classification/streaming-media-is-read-only.ts";
import { annotated, claim, claimed, deployment, kubernetes, nfs, smb, UNKNOWN, volume } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const files = claim("files", "truenas-nfs-fast", annotated("authoritative"));
const external = [
  { ...files, props: { ...files.props, spec: { volumeName: "files", storageClassName: "" } } },
  volume("files", { nfs: { server: "nas", path: "/mnt/tank/files" } }),
];
const template = { metadata: { name: "files", annotations: annotated("authoritative") } };

testRule(nextcloudOwnsNothing, {
  violates: [
    [
      [files, deployment("nextcloud", [claimed("files")])],
      'deployment "nextcloud" keeps authoritative files in files and must reach them on the NAS as external storage',
    ],
    [
      [kubernetes("apps/v1:StatefulSet", "nextcloud", { spec: { volumeClaimTemplates: [template] } })],
      'stateful set "nextcloud" keeps authoritative files in files and must reach them on the NAS as external storage',
    ],
  ],
  complies: [[...external, deployment("nextcloud", [claimed("files")])]],
  ignores: [[files, deployment("immich", [claimed("files")])]],
  undecided: [
    [claim("files", "truenas-nfs-fast", annotated(UNKNOWN)), deployment("nextcloud", [claimed("files")])],
    "nextcloud",
  ],
});

testRule(streamingMediaIsReadOnly, {
  violates: [
    [[nfs("bulk/media")], 'NFS share "nas/bulk/media" opens streaming media to compute and must be read-only'],
    [
      [nfs("bulk/media/films")],
      'NFS share "nas/bulk/media/films" opens streaming media to compute and must be read-only',
    ],
  ],
  complies: [[nfs("bulk/media", { ro: true })]],
  ignores: [[nfs("bulk/photos")], [smb("media", "bulk/media")]],
  undecided: [[nfs("bulk/media", { ro: UNKNOWN })], "nas/bulk/media"],
});

testRule(streamingMediaIsHiddenFromNextcloud, {
  violates: [
    [
      [nfs("bulk/media", { comment: "Jellyfin, Nextcloud" })],
      'NFS share "nas/bulk/media" opens streaming media to Nextcloud and must not',
    ],
    [
      [deployment("nextcloud", [{ name: "films", nfs: { path: "/mnt/bulk/media" } }])],
      'deployment "nextcloud" mounts the streaming media films into Nextcloud and must not',
    ],
  ],
  complies: [
    [smb("media", "bulk/media", { comment: "people" })],
    [deployment("nextcloud", [{ name: "files", nfs: { path: "/mnt/bulk/files" } }])],
  ],
  ignores: [[deployment("jellyfin", [{ name: "media", nfs: { path: "/mnt/bulk/media" } }])]],
  undecided: [[nfs("bulk/media", { comment: UNKNOWN })], "nas/bulk/media"],
});
