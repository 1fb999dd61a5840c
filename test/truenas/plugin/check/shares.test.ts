import { describe, expect, test } from "vitest";
import { problems, type Values } from "./problems.ts";

const nfs = (more: Values) => problems("NfsShare", { path: "/mnt/tank/a", ...more });
const smb = (more: Values) => problems("SmbShare", { name: "photos", path: "/mnt/tank/a", ...more });

describe("shares", () => {
  test.each([
    [{ path: "/home/x" }, "path", 'path "/home/x" is not a path below /mnt; use /mnt/pool/path'],
    [
      { networks: ["10.0.0.0/33"] },
      "networks[0]",
      'networks[0] "10.0.0.0/33" is no network; use CIDR notation such as 10.10.10.0/24',
    ],
    [
      { networks: ["0.0.0.0/0"] },
      "networks[0]",
      'networks[0] "0.0.0.0/0" is everybody; leave networks empty to say so',
    ],
    [
      { networks: ["10.0.0.0/8", "10.1.0.0/16"] },
      "networks",
      "networks 10.0.0.0/8 and 10.1.0.0/16 overlap; keep the wider one",
    ],
    [{ hosts: ["a b"] }, "hosts[0]", 'hosts[0] "a b" is no host; use a name or an address without spaces and quotes'],
    [{ hosts: ["a", "a"] }, "hosts", 'hosts has "a" twice; remove one'],
    [{ security: ["NONE"] }, "security[0]", 'security[0] "NONE" is not allowed; use one of SYS, KRB5, KRB5I, KRB5P'],
    [
      { maprootUser: "root", mapallUser: "apps" },
      "mapallUser",
      "mapallUser and maprootUser exclude each other; state one of them",
    ],
    [{ maprootGroup: "wheel" }, "maprootGroup", "maprootGroup needs maprootUser; state the user as well"],
    [{ mapallGroup: "apps" }, "mapallGroup", "mapallGroup needs mapallUser; state the user as well"],
  ])("NFS %j", (more: Values, property, reason) => {
    expect(nfs(more)).toEqual([[property, reason]]);
  });

  test("one network spelled twice", () => {
    expect(nfs({ networks: ["10.0.0.5/24", "10.0.0.0/24"] })).toEqual([
      ["networks", 'networks has "10.0.0.0/24" twice; remove one'],
      ["networks", "networks 10.0.0.0/24 and 10.0.0.0/24 overlap; keep the wider one"],
    ]);
  });

  test.each([
    [{ name: "homes" }, "name", 'name "homes" is Samba\'s own; use another name'],
    [
      { name: "a:b" },
      "name",
      'name "a:b" has a character that SMB forbids; avoid % < > * ? | / \\ + = ; : " , [ ] and control characters',
    ],
    [{ name: " " }, "name", "name is blank; give the share a name"],
    [
      { options: { recyclebin: true } },
      "options.recyclebin",
      'DEFAULT_SHARE has no option "recyclebin"; it takes aaplNameMangling, hostsallow, hostsdeny',
    ],
    [{ path: "EXTERNAL" }, "path", "path EXTERNAL needs purpose EXTERNAL_SHARE; change one of them"],
    [{ purpose: "EXTERNAL_SHARE" }, "path", "purpose EXTERNAL_SHARE needs path EXTERNAL; change one of them"],
    [
      { audit: { enable: true } },
      "audit",
      "audit.enable needs a watchList or an ignoreList of SMB groups; name at least one group",
    ],
    [
      { purpose: "TIME_LOCKED_SHARE", options: { gracePeriod: 5 } },
      "options.gracePeriod",
      "gracePeriod 5 is below the minimum of 60 seconds; raise it",
    ],
  ])("SMB %j", (more: Values, property, reason) => {
    expect(smb(more)).toEqual([[property, reason]]);
  });
});
