/** What the bench does to the datasets, in this order. */
export const OPERATIONS = ["create", "no-op", "refresh", "one change"] as const;
/** What the bench does to the datasets. */
export type Operation = (typeof OPERATIONS)[number];

/** What an operation cost: counted on the appliance, and timed from outside. */
export interface Cost {
  readonly sshConnections: number;
  readonly midcltProcesses: number;
  readonly middlewareCalls: number;
  readonly seconds: number;
}

/** What each operation cost. */
export type Costs = Readonly<Record<Operation, Cost>>;

/** Operations at a time; nothing bounds them when it is `unbounded`. */
export type Parallel = number | "unbounded";
