/** An address on an interface. */
export interface Alias {
  readonly type: "INET" | "INET6";
  readonly address: string;
  readonly netmask: number;
}

/** A network card of the machine. */
export interface NicRow {
  /** Kernel name, e.g. `eno1`. */
  readonly name: string;
  readonly mac: string;
  /** What a DHCP server would give it. */
  readonly lease?: { readonly address: string; readonly netmask: number; readonly gateway?: string };
}

export type InterfaceType = "PHYSICAL" | "BRIDGE" | "LINK_AGGREGATION" | "VLAN";

/** How an interface is configured; a network card without such a row is not. */
export interface InterfaceRow {
  readonly name: string;
  readonly description: string;
  readonly ipv4_dhcp: boolean;
  readonly ipv6_auto: boolean;
  readonly aliases: readonly Alias[];
  readonly mtu: number | null;
  readonly bridge?: { readonly members: readonly string[]; readonly stp: boolean; readonly enable_learning: boolean };
  readonly lag?: {
    readonly protocol: string;
    readonly ports: readonly string[];
    readonly xmit_hash_policy: string | null;
    readonly lacpdu_rate: string | null;
  };
  readonly vlan?: { readonly parent: string; readonly tag: number; readonly pcp: number | null };
}

/** An interface as the kernel has it. */
export interface LiveInterface {
  readonly name: string;
  readonly aliases: readonly Alias[];
  readonly mtu: number;
}

/** Changes of interfaces that are not final yet; held in memory only. */
export interface PendingChanges {
  /** The rows before the first of the changes. */
  readonly originals: readonly InterfaceRow[];
  readonly gateway: string;
  /** When they are taken back unless somebody checks in; undefined before they are committed. */
  readonly revertAt?: number | undefined;
}
