import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { SSH_CONNECTION } from "../tokens.ts";

/** Whether other appliances log in as this account to bring copies. */
export function receivesCopies({ home, props }: Judged, stack: Stack): boolean {
  const username = textAt(props, "username");
  return stack.known([SSH_CONNECTION], (from) => from.home !== home && loginOf(from) === username).length > 0;
}

/** As whom a connection logs in. */
export function loginOf({ props }: Judged): string {
  return textAt(props, "username") ?? "root";
}
