import type { Cost, Costs, Operation, Parallel } from "./cost.ts";

/** How many datasets an operation worked on, and how many of them at a time. */
export interface Load {
  readonly datasets: number;
  readonly parallel: Parallel;
}

interface Bound {
  readonly operation: Operation;
  readonly counted: Exclude<keyof Cost, "seconds">;
  /** The largest count that is allowed. */
  readonly most: (load: Load) => number;
}

const UNITS: Readonly<Record<Bound["counted"], string>> = {
  sshConnections: "SSH connections",
  midcltProcesses: "midclt processes",
  middlewareCalls: "middleware calls",
};

/** What the datasets may cost at most, up to a thousand of them. */
const BOUNDS: readonly Bound[] = [
  {
    operation: "create",
    counted: "midcltProcesses",
    most: ({ datasets, parallel }) => {
      if (parallel === "unbounded") return 40;
      // With fewer rounds than this, how fast the program registers decides, and not how calls travel together.
      return datasets / parallel < 10 ? Number.POSITIVE_INFINITY : Math.floor((2 * datasets) / parallel + 5);
    },
  },
  { operation: "no-op", counted: "sshConnections", most: () => 0 },
  { operation: "refresh", counted: "midcltProcesses", most: () => 3 },
];

/** Every bound that these costs break, as a sentence each. */
export function brokenBounds(load: Load, costs: Partial<Costs>): string[] {
  return BOUNDS.flatMap(({ operation, counted, most }) => {
    const [seen, limit] = [costs[operation]?.[counted] ?? 0, most(load)];
    if (seen <= limit) return [];
    const { datasets, parallel } = load;
    const work = `${operation} of ${datasets} datasets, ${parallel === "unbounded" ? "" : "parallelism "}${parallel}`;
    return [`${work}: ${seen} ${UNITS[counted]}, at most ${limit} are allowed`];
  });
}
