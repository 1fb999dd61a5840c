import { mediaIsMountedReadOnly } from "../../../policies/kubernetes/media-is-mounted-read-only.ts";
import { noEmptyDirForDataOfValue } from "../../../policies/kubernetes/no-empty-dir-for-data-of-value.ts";
import { noHostPathForDataOfValue } from "../../../policies/kubernetes/no-host-path-for-data-of-value.ts";
import { annotated, claimed, deployment, kubernetes, UNKNOWN } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const hostPath = { name: "data", hostPath: { path: "/srv" } };
const emptyDir = { name: "data", emptyDir: {} };
const excused = annotated("runtime", { "homelab/disposable-volumes": "tmp, data" });

testRule(noHostPathForDataOfValue, {
  violates: [
    [
      [deployment("web", [hostPath])],
      'deployment "web" keeps data in a path of its node and must not keep data of value there',
    ],
  ],
  complies: [[deployment("web", [claimed("data")])], [deployment("web", [hostPath], excused)]],
  ignores: [[deployment("web", [hostPath], annotated("disposable"))]],
  undecided: [[deployment("web", [hostPath], annotated(UNKNOWN))], "web"],
});

testRule(noEmptyDirForDataOfValue, {
  violates: [
    [
      [deployment("web", [emptyDir], annotated("authoritative"))],
      'deployment "web" keeps data in an emptyDir and must not keep data of value there',
    ],
  ],
  complies: [
    [deployment("web", [{ name: "tmp", emptyDir: { medium: "Memory" } }])],
    [deployment("web", [emptyDir], excused)],
  ],
  ignores: [[deployment("web", [emptyDir], annotated("disposable"))]],
  undecided: [[deployment("web", [{ name: "data", emptyDir: UNKNOWN }])], "web"],
});

const library = { name: "library", nfs: { server: "nas", path: "/mnt/bulk/media" } };
const mounted = (readOnly: boolean) => {
  const containers = [{ name: "jellyfin", volumeMounts: [{ name: "library", mountPath: "/media", readOnly }] }];
  return kubernetes("apps/v1:Deployment", "jellyfin", {
    spec: { template: { spec: { containers, volumes: [library] } } },
  });
};

testRule(mediaIsMountedReadOnly, {
  violates: [
    [[mounted(false)], 'deployment "jellyfin" mounts library for writing and must mount media read-only'],
    [
      [deployment("jellyfin", [claimed("media")])],
      'deployment "jellyfin" mounts media for writing and must mount media read-only',
    ],
  ],
  complies: [[mounted(true)], [deployment("jellyfin", [claimed("media", { readOnly: true })])]],
  ignores: [[deployment("immich", [claimed("photos")])]],
  undecided: [[deployment("jellyfin", [claimed("media", { readOnly: UNKNOWN })])], "jellyfin"],
});
