import type { ApplianceState } from "./state/appliance-state.ts";
import type { Table } from "./state/store.ts";

/** The halves of an SSH key pair, as far as they are known. */
export interface KeyPairAttributes {
  readonly private_key: string | null;
  readonly public_key: string | null;
}

/** How to log in to another machine. */
export interface ConnectionAttributes {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** Row of the key pair. */
  readonly private_key: number;
  /** Lines of `ssh-ed25519 AAAA…`, any of which the other machine may present. */
  readonly remote_host_key: string;
  /** Seconds. */
  readonly connect_timeout: number;
}

/** A stored credential. */
export type CredentialRow =
  | {
      readonly id: number;
      readonly name: string;
      readonly type: "SSH_KEY_PAIR";
      readonly attributes: KeyPairAttributes;
    }
  | {
      readonly id: number;
      readonly name: string;
      readonly type: "SSH_CREDENTIALS";
      readonly attributes: ConnectionAttributes;
    };

/** Every key pair and SSH connection. */
export const credentialsOf = (state: ApplianceState): Table<CredentialRow> => state.table("keychaincredential");

/** The type and key of an OpenSSH public key, without options in front or a comment behind; undefined when it is none. */
export function keyOf(line: string): string | undefined {
  return /(?:^|\s)((?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+)(?:\s|$)/.exec(line.trim())?.[1];
}
