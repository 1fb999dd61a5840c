import { describe, expect, test } from "vitest";
import { anAppliance, refusal } from "./support/appliance.ts";

/** A namespace of one object: what an appliance comes with, as far as told here, and what is refused. */
interface Settings {
  readonly namespace: string;
  readonly version?: string;
  readonly initial: Readonly<Record<string, unknown>>;
  readonly refused: readonly (readonly [change: Readonly<Record<string, unknown>>, error: string])[];
}

const settings: readonly Settings[] = [
  {
    namespace: "nfs",
    initial: { id: 1, servers: 8, managed_nfsd: true, protocols: ["NFSV3", "NFSV4"], bindip: [], mountd_port: null },
    refused: [
      [
        { bindip: ["10.9.9.9"] },
        "[EINVAL] nfs_update.bindip.0: Cannot use 10.9.9.9. Please provide a valid ip address.\n",
      ],
      [
        { protocols: ["NFSV3"], v4_domain: "home.lan" },
        "[EINVAL] nfs_update.v4_domain: This option does not apply to NFSv3\n",
      ],
      [
        { rdma: true },
        "[EINVAL] nfs_update.rdma: This platform cannot support NFS over RDMA or is missing an RDMA capable NIC.\n",
      ],
      [
        { mountd_port: 20049 },
        "[EINVAL] nfs_update.mountd_port: Value error, 20049 is a reserved for internal use. Please select another value.\n",
      ],
      [{ servers: 0 }, "[EINVAL] nfs_update.servers: Input should be greater than or equal to 1\n"],
      [{ managed_nfsd: true }, "[EINVAL] nfs_update.managed_nfsd: Extra inputs are not permitted\n"],
    ],
  },
  {
    namespace: "smb",
    initial: { id: 1, workgroup: "WORKGROUP", guest: "nobody", filemask: "DEFAULT", aapl_extensions: false },
    refused: [
      [
        { netbiosname: "workgroup" },
        "[EINVAL] smb_update.netbiosname: NetBIOS name [workgroup] conflicts with workgroup name.\n",
      ],
      [
        { netbiosalias: ["WorkGroup"] },
        "[EINVAL] smb_update.netbiosalias.0: NetBIOS alias [WorkGroup] conflicts with workgroup name.\n",
      ],
      [
        { enable_smb1: true, encryption: "REQUIRED" },
        "[EINVAL] smb_update.encryption: Encryption may not be set to REQUIRED while SMB1 support is enabled.\n",
      ],
      [{ guest: "root" }, '[EINVAL] smb_update.guest: "root" is not a permitted guest account\n'],
      [{ guest: "none" }, "[EINVAL] smb_update.guest: none: user does not exist\n"],
      [{ filemask: "9" }, "[EINVAL] smb_update.filemask: Not a valid mask\n"],
      [
        { bindip: ["10.9.9.9"] },
        "[EINVAL] smb_update.bindip.0: IP address [10.9.9.9] is not a configured address for this server\n",
      ],
    ],
  },
  {
    namespace: "network.configuration",
    initial: { id: 1, hostname: "nas", hostname_local: "nas", ipv4gateway: "", nameserver1: "", domains: [] },
    refused: [
      [
        { ipv4gateway: "10.9.9.1" },
        "[EINVAL] global_configuration_update.ipv4gateway: Gateway 10.9.9.1 is unreachable\n",
      ],
      [
        { nameserver1: "127.0.0.1" },
        "[EINVAL] global_configuration_update.nameserver1: Loopback is not a valid nameserver\n",
      ],
      [
        { nameserver1: "169.254.1.1" },
        "[EINVAL] global_configuration_update.nameserver1: 169.254/16 subnet is not valid for nameserver\n",
      ],
      [
        { nameserver1: "9.9.9.9", nameserver3: "1.1.1.1" },
        "[EINVAL] global_configuration_update.nameserver: When providing nameservers, they must be provided in consecutive order (i.e. nameserver1, nameserver2, nameserver3)\n",
      ],
      [
        { domains: ["a", "b", "c", "d", "e", "f"] },
        "[EINVAL] global_configuration_update.domains: No more than 5 additional domains are allowed\n",
      ],
      [
        { hostname: "nas-" },
        "[EINVAL] data.hostname: Assertion failed, Hostname can only contain letters, numbers, periods, and dashes and must end with a letter or number\n",
      ],
    ],
  },
  {
    namespace: "alertclasses",
    initial: { id: 1, classes: {} },
    refused: [
      [
        { classes: { NoSuchThing: { policy: "NEVER" } } },
        "[EINVAL] alert_class_update.classes.NoSuchThing: This alert class does not exist\n",
      ],
      [
        { classes: { HasUpdate: { proactive_support: true } } },
        "[EINVAL] alert_class_update.classes.HasUpdate.proactive_support: Proactive support is not supported by this alert class\n",
      ],
    ],
  },
  {
    namespace: "system.advanced",
    initial: { id: 1, syslogservers: [], sysloglevel: "F_INFO", boot_scrub: 7 },
    refused: [
      [
        { syslogservers: [{ host: "a" }, { host: "a" }] },
        "[EINVAL] system_advanced_update.syslogservers.1.host: Duplicate host in syslogservers array\n",
      ],
      [
        { syslogservers: [{ host: "a b" }] },
        "[EINVAL] system_advanced_update.syslogservers.0.host: Invalid syslog server format\n",
      ],
      [
        { syslogservers: [{ host: "a:70000" }] },
        "[EINVAL] system_advanced_update.syslogservers.0.host: Port must be in the range of 0 to 65535.\n",
      ],
      [
        { serialconsole: true, serialport: "ttyS9" },
        "[EINVAL] system_advanced_update.serialport: Serial port specified has not been identified by the system\n",
      ],
      [{ syslogserver: "a" }, "[EINVAL] data.syslogserver: Extra inputs are not permitted\n"],
    ],
  },
  {
    namespace: "system.advanced",
    version: "25.04.2",
    initial: { id: 1, syslogserver: "", syslog_transport: "UDP", syslog_tls_certificate: null },
    refused: [
      [{ syslogserver: "a b" }, "[EINVAL] system_advanced_update.syslogserver: Invalid syslog server format\n"],
      [
        { syslog_transport: "TLS" },
        "[EINVAL] system_advanced_update.syslog_tls_certificate_authority: This is required when using TLS as syslog transport\n" +
          "[EINVAL] system_advanced_update.syslog_tls_certificate_authority: Unable to locate specified CA\n",
      ],
    ],
  },
];

describe.each(settings)("$namespace $version", ({ namespace, version, initial, refused }) => {
  test("is there from the start, and refuses", async () => {
    const nas = await anAppliance({ ...(version ? { version } : {}), addresses: ["10.10.10.20"] }, { bare: true });

    expect(await nas.call(`${namespace}.config`)).toMatchObject(initial);
    for (const [change, error] of refused) expect(await refusal(nas, `${namespace}.update`, change)).toBe(error);
    expect(await nas.call(`${namespace}.config`)).toMatchObject(initial);
  });
});

describe("settings and shares", () => {
  test("agree on Apple's extensions, auditing and the versions that Kerberos needs", async () => {
    const nas = await anAppliance();
    const share = { path: "/mnt/tank", audit: { enable: true, watch_list: ["builtin_users"] } };
    await nas.call("smb.update", { aapl_extensions: true });
    await nas.call("sharing.smb.create", { name: "macs", path: "/mnt/tank", purpose: "TIMEMACHINE_SHARE" });
    await nas.call("sharing.smb.create", { name: "watched", ...share });
    await nas.call("nfs.update", { protocols: ["NFSV3"] });

    expect(await refusal(nas, "smb.update", { aapl_extensions: false })).toBe(
      "[EINVAL] smb_update.aapl_extensions: This option must be enabled when AFP, time machine, or Final Cut Pro shares are present\n",
    );
    expect(await refusal(nas, "smb.update", { enable_smb1: true })).toBe(
      "[EINVAL] smb_update.enable_smb1: The following SMB shares have auditing enabled: watched\n",
    );
    expect(await refusal(nas, "network.configuration.update", { service_announcement: { mdns: false } })).toBe(
      "[EINVAL] global_configuration_update.service_announcement.mdns: NAS is configured as a time machine target. mDNS is required.\n",
    );
    expect(await refusal(nas, "sharing.nfs.create", { path: "/mnt/tank", security: ["SYS", "KRB5"] })).toBe(
      "[EINVAL] sharingnfs_create.security: The following security flavor(s) require NFSv4 to be enabled: KRB5.\n",
    );
  });
});
