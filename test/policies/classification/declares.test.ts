import { childIsNoMorePrecious } from "../../../policies/classification/child-is-no-more-precious.ts";
import { classIsTheOneDeclared } from "../../../policies/classification/class-is-the-one-declared.ts";
import { dataDeclaresClass } from "../../../policies/classification/data-declares-class.ts";
import { dataDeclaresOwner } from "../../../policies/classification/data-declares-owner.ts";
import { dataDeclaresPurpose } from "../../../policies/classification/data-declares-purpose.ts";
import { dataHasOneHome } from "../../../policies/classification/data-has-one-home.ts";
import { shareLiesOnDeclaredData } from "../../../policies/classification/share-lies-on-declared-data.ts";
import { claim, dataset, deployment, nfs, says, site, smb, UNKNOWN, zvol } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const CLASSES = "authoritative, runtime, disposable, transitional, container";
const OWNERS = "user-compute, archive-nas, ai-compute, infrastructure, primary-nas, backup-nas, staging";
const bare = dataset("tank/bare", "runtime", { userProperties: {} });

testRule(dataDeclaresClass, {
  violates: [
    [[bare], 'dataset "nas/tank/bare" must declare its class in the user property homelab:class'],
    [
      [dataset("tank/odd", "precious")],
      `dataset "nas/tank/odd" declares the class "precious" in the user property homelab:class, which must be one of ${CLASSES}`,
    ],
    [
      [claim("data", "nfs", {})],
      'persistent volume claim "data" must declare its class in the annotation homelab/class',
    ],
    [[deployment("web", [], {})], 'deployment "web" must declare its class in the annotation homelab/class'],
  ],
  complies: [[dataset("tank/a", "runtime"), zvol("tank/b", "authoritative"), claim("c", "nfs"), deployment("d", [])]],
  ignores: [[nfs("tank/a")]],
  undecided: [[dataset("tank/open", UNKNOWN)], "nas/tank/open"],
});

testRule(dataDeclaresOwner, {
  violates: [
    [[bare], 'dataset "nas/tank/bare" must declare its owner in the user property homelab:owner'],
    [
      [dataset("tank/a", "runtime", { userProperties: says("runtime", "a", { "homelab:owner": "somebody" }) })],
      `dataset "nas/tank/a" declares the owner "somebody" in the user property homelab:owner, which must be one of ${OWNERS}`,
    ],
  ],
  complies: [[dataset("tank/a", "runtime"), claim("c", "nfs")]],
  ignores: [[smb("a", "tank/a")]],
  undecided: [
    [dataset("tank/a", "runtime", { userProperties: says("runtime", "a", { "homelab:owner": UNKNOWN }) })],
    "nas/tank/a",
  ],
});

testRule(dataDeclaresPurpose, {
  violates: [
    [[bare], 'dataset "nas/tank/bare" must declare its purpose in the user property homelab:purpose'],
    [
      [dataset("tank/a", "runtime", { userProperties: says("runtime", " ") })],
      'dataset "nas/tank/a" must declare its purpose in the user property homelab:purpose',
    ],
  ],
  complies: [[dataset("tank/a", "runtime"), deployment("d", [])]],
  ignores: [[nfs("tank/a")]],
  undecided: [[dataset("tank/a", "runtime", { userProperties: says("runtime", UNKNOWN) })], "nas/tank/a"],
});

testRule(shareLiesOnDeclaredData, {
  violates: [
    [
      [nfs("tank/a")],
      'NFS share "nas/tank/a" opens /mnt/tank/a, and the dataset there must declare class, owner and purpose',
    ],
    [
      [bare, smb("bare", "tank/bare")],
      'SMB share "nas/bare" opens /mnt/tank/bare, and the dataset there must declare class, owner and purpose',
    ],
  ],
  complies: [[dataset("tank/a", "runtime"), nfs("tank/a"), smb("a", "tank/a/below")]],
  ignores: [[smb("dfs", "", { path: "EXTERNAL" })], [bare]],
  undecided: [[nfs("tank/a", { path: UNKNOWN })], "nas/tank/a"],
});

testRule(classIsTheOneDeclared, {
  violates: [
    [
      [site({ classes: { "nas/tank/a": "authoritative" } }), dataset("tank/a", "disposable")],
      'dataset "nas/tank/a" carries the class "disposable" and must carry "authoritative", as the site says',
    ],
  ],
  complies: [[site({ classes: { "nas/tank/a": "runtime" } }), dataset("tank/a", "runtime")]],
  ignores: [[dataset("tank/a", "runtime")]],
  undecided: [[site({ classes: { "nas/tank/a": "runtime" } }), dataset("tank/a", UNKNOWN)], "nas/tank/a"],
});

testRule(childIsNoMorePrecious, {
  violates: [
    [
      [dataset("tank/a", "disposable"), dataset("tank/a/b", "runtime")],
      'dataset "nas/tank/a/b" is runtime and must not lie in tank/a, which is only disposable',
    ],
    [
      [dataset("tank/a", "runtime"), dataset("tank/a/c", "container"), zvol("tank/a/c/b", "authoritative")],
      'zvol "nas/tank/a/c/b" is authoritative and must not lie in tank/a, which is only runtime',
    ],
  ],
  complies: [[dataset("tank/a", "authoritative"), dataset("tank/a/b", "runtime")]],
  ignores: [[dataset("tank/a", "container"), dataset("tank/a/b", "authoritative")], [dataset("tank/b", "runtime")]],
  undecided: [[dataset("tank/a", "runtime"), dataset("tank/a/b", UNKNOWN)], "nas/tank/a/b"],
});

testRule(dataHasOneHome, {
  violates: [
    [
      [
        dataset("tank/photos", "authoritative"),
        dataset("bulk/photos", "authoritative", { userProperties: says("authoritative", "Tank/Photos") }),
      ],
      'dataset "nas/bulk/photos" is a second authoritative home of "Tank/Photos" and must be none, since nas/tank/photos is it',
    ],
  ],
  complies: [
    [
      dataset("tank/photos", "authoritative"),
      dataset(
        "backup/photos",
        "authoritative",
        { userProperties: says("authoritative", "tank/photos", { "homelab:owner": "backup-nas" }) },
        "vault",
      ),
    ],
  ],
  ignores: [
    [dataset("tank/a", "runtime"), dataset("bulk/a", "runtime", { userProperties: says("runtime", "tank/a") })],
  ],
  undecided: [[dataset("tank/a", "authoritative", { userProperties: says("authoritative", UNKNOWN) })], "nas/tank/a"],
});
