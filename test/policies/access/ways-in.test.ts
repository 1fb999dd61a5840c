import { copiesComeFromKnownAddresses } from "../../../policies/access/copies-come-from-known-addresses.ts";
import { copiesComeInForZfsOnly } from "../../../policies/access/copies-come-in-for-zfs-only.ts";
import { oneGatewayLeadsOut } from "../../../policies/access/one-gateway-leads-out.ts";
import { type Judgeable, nfs, site, truenas, UNKNOWN } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

type Props = Readonly<Record<string, unknown>>;

const ZFS = "/usr/sbin/zfs";
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhp00Zb8LmhgL0qmM0plv7snE3kTJ20hAqnQaxCRNUO";
const LIMITED = `from="10.10.10.20",restrict ${KEY}`;
const account = (props: Props = {}): Judgeable => {
  const own = { username: "replication", sudoCommandsNopasswd: [ZFS], sshpubkey: LIMITED };
  return truenas("User", "replication", { ...own, ...props }, "vault");
};
const connection = (props: Props = {}, on = "nas"): Judgeable =>
  truenas("SshConnection", "vault", { name: "vault", host: "10.10.10.21", username: "replication", ...props }, on);
const open = (sshpubkey: string) => [connection(), account({ sshpubkey })];

testRule(copiesComeFromKnownAddresses, {
  violates: [
    [open(KEY), 'user "vault/replication" lets its key 1 of 1 in from everywhere and must name addresses'],
    [
      open(`# of the sender\n${LIMITED}\nrestrict,command="echo from=\\"10.10.10.20\\"" ${KEY}`),
      'user "vault/replication" lets its key 2 of 2 in from everywhere and must name addresses',
    ],
    [
      open(`from="10.10.10.20,*" ${KEY}`),
      'user "vault/replication" lets its key 1 of 1 in from everywhere and must name addresses',
    ],
  ],
  complies: [open(LIMITED), open(`restrict,from="10.10.10.20,10.10.10.21" ${KEY} of the sender`), open("")],
  ignores: [[account({ sshpubkey: KEY })], [connection({}, "vault"), account({ sshpubkey: KEY })]],
  undecided: [open(UNKNOWN), "vault/replication"],
});

testRule(copiesComeInForZfsOnly, {
  violates: [
    [
      [connection(), account({ sudoCommandsNopasswd: [ZFS, "ALL"], sudoCommands: ["/usr/bin/rsync"] })],
      `user "vault/replication" takes copies, may run ALL as root, and must run ${ZFS} only`,
      `user "vault/replication" takes copies, may run /usr/bin/rsync as root, and must run ${ZFS} only`,
    ],
    [
      [connection(), account({ groups: ["builtin_administrators"] })],
      'user "vault/replication" takes copies, belongs to builtin_administrators, and must not',
    ],
    [
      [connection({ username: undefined })],
      'SSH connection "nas/vault" logs in as root, who may do everything, and must log in as an account for copies',
    ],
  ],
  complies: [[connection(), account()]],
  ignores: [[account({ sudoCommandsNopasswd: ["ALL"] })]],
  undecided: [[connection(), account({ sudoCommandsNopasswd: UNKNOWN })], "vault/replication"],
});

const network = (props: Props) => truenas("NetworkConfig", "network", props);
const route = (destination: string) => truenas("StaticRoute", "route", { destination, gateway: "10.10.10.1" });

testRule(oneGatewayLeadsOut, {
  violates: [
    [
      [network({ ipv4gateway: "10.10.10.1" })],
      'network config "nas/network" leads out by 10.10.10.1 and must lead out by 192.168.0.0/24 only',
    ],
    [[route("0.0.0.0/0")], 'static route "nas/route" is a second way out, by 10.10.10.1, and there must be one only'],
  ],
  complies: [[network({ ipv4gateway: "192.168.0.1" }), route("10.0.0.0/16")], [network({ ipv4gateway: "" })]],
  ignores: [[site({ networks: {} }), network({ ipv4gateway: "10.10.10.1" })], [nfs("tank/a")]],
  undecided: [[network({ ipv4gateway: UNKNOWN })], "nas/network"],
});
