import { runtime } from "@pulumi/pulumi";

/** A resource as the program registers it. */
export interface Registered {
  /** Type token. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Logical name of its explicit provider, if it has one. */
  readonly provider?: string;
}

/** How a recorder sees a value that only an update knows, and one that nobody is to see. */
const MARKS = ["__pulumiUnknown", "4dabf18193072939515e22adb298388d"];
/** No evidence lies there: what restore tests have proved is for others to judge. */
const NO_EVIDENCE = "/nonexistent";

let runs = 0;

/**
 * Lets the program of the stack register everything, as for a preview, without an engine: nothing is reached and nothing
 * changes. It is started, not used: like an engine, this knows of the program only where it begins.
 */
export async function registrationsOf(stack: string, written: unknown): Promise<readonly Registered[]> {
  const registered: Registered[] = [];
  runtime.setAllConfig({ "homelab:site": JSON.stringify(written), "homelab:evidence": NO_EVIDENCE });
  const recorder = {
    newResource: ({ type, name, inputs, provider }: runtime.MockResourceArgs) => {
      registered.push({ type, name, inputs: known(inputs), ...(provider ? { provider: nameOf(provider) } : {}) });
      return { id: name, state: inputs };
    },
    call: ({ inputs }: runtime.MockCallArgs) => inputs,
  };
  await runtime.setMocks(recorder, "homelab", stack, true);
  runs += 1;
  await import(new URL(`../../src/index.ts?run=${runs}`, import.meta.url).href);
  await runtime.disconnect();

  return registered;
}

/** Inputs without those that hold a secret, or a value that is not known before an update. */
function known(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined && !isLate(value)));
}

function isLate(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;

  return MARKS.some((mark) => mark in value) || Object.values(value).some(isLate);
}

/** The logical name in a reference to a provider, `URN::ID`. */
function nameOf(reference: string): string {
  return reference.split("::").slice(3, -1).join("::");
}
