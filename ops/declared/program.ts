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

/** What the program takes for a value that only an update knows. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
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

/** Inputs without those that hold a value that is not known before an update, such as a secret that is not set. */
function known(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined && !isLate(value)));
}

function isLate(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(isLate);

  return typeof value === "object" && value !== null && Object.values(value).some(isLate);
}

/** The logical name in a reference to a provider, `URN::ID`. */
function nameOf(reference: string): string {
  return reference.split("::").slice(3, -1).join("::");
}
