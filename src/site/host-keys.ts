import { text } from "./value.ts";

const HOST_KEY = "^(ssh-ed25519 [A-Za-z0-9+/]{68})( .*)?$";

/** A public host key as the key file has it; the comment behind the key is left out. */
export const hostKey = (machine: string) =>
  text<string>({
    rule: "host-key",
    allowed: "ssh-ed25519 and the key in base64",
    remedy: `read it on ${machine}'s console: cat /etc/ssh/ssh_host_ed25519_key.pub`,
    pattern: HOST_KEY,
    read: (input) => {
      const [, key] = new RegExp(HOST_KEY).exec(input) ?? [];
      return key === undefined ? { refused: { says: `"${input}" is not a host key` } } : { value: key };
    },
  });
