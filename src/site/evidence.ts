import { z } from "zod";
import { RESTORE_TIERS } from "./vocabulary.ts";

const moment = z.iso.datetime({ offset: true });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const restoredFile = z.strictObject({
  /** Below the dataset. */
  path: z.string(),
  bytes: z.int().min(0),
  sha256,
});

const evidence = z.strictObject({
  version: z.literal(1),
  stack: z.string(),
  test: z.string(),
  appliance: z.string(),
  /** The data whose copy was restored, pool first. */
  dataset: z.string(),
  tier: z.enum(RESTORE_TIERS),
  /** Name of the replication or offsite copy. */
  copy: z.string().exactOptional(),
  /** When the test began. */
  performedAt: moment,
  result: z.enum(["passed", "failed"]),
  /** Why it failed. */
  reason: z.string().exactOptional(),
  /** The state that was restored: a snapshot, by the name that its keeper gives it. */
  state: z.string().exactOptional(),
  /** When that state was the present. */
  takenAt: moment.exactOptional(),
  /** How old it was, in seconds: what would have been lost. */
  ageSeconds: z.number().min(0).exactOptional(),
  /** How long it took until the sample lay on an appliance again, in seconds. */
  seconds: z.number().min(0),
  /** Bytes of the sample. */
  bytes: z.int().min(0),
  /** Files of the sample that have changed since that state, so that nothing could be compared. */
  changed: z.int().min(0),
  files: z.array(restoredFile),
});

/** The dated proof that a restore worked, or that it did not. */
export type Evidence = z.output<typeof evidence>;
/** A file that was restored and compared. */
export type RestoredFile = Evidence["files"][number];

/** Where the evidence of a test lies below the folder of all evidence. */
export function evidencePath(stack: string, test: string): string {
  return `${stack}/${test}.json`;
}

/** Reads the text of an evidence file. @throws Error naming the file and what is wrong with it. */
export function parseEvidence(text: string, file: string): Evidence {
  const remedy = "run the drill again, which writes it anew";
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON; ${remedy}`, { cause });
  }
  const parsed = evidence.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file} is no evidence of a restore test: ${issue?.path.join(".")}: ${issue?.message}; ${remedy}`);
}
