/** What talosctl says before it ends with 1. */
export class Refusal extends Error {}
