/** What an import records in place of a secret that the appliance has: nobody reads it, and any value equals it. */
export const UNREAD = "(a secret that was not read)";

/** True for a value that holds such a place at any depth. */
export function holdsUnread(value: unknown): boolean {
  return JSON.stringify(value)?.includes(UNREAD) ?? false;
}
