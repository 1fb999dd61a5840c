/** What the bench does to the datasets. */
export const OPERATIONS = ["create", "no-op", "refresh", "one change"] as const;
/** What the bench does to the datasets. */
export type Operation = (typeof OPERATIONS)[number];

/** What an operation cost on the appliance. */
export interface Cost {
  readonly sshConnections: number;
  readonly midcltProcesses: number;
  readonly middlewareCalls: number;
  readonly seconds: number;
}

const LARGEST = 1000;

/** What an operation on a thousand datasets may cost at most, in the words of the complaint. */
export function exceeded(
  { datasets, parallel }: { datasets: number; parallel: number | undefined },
  costs: Readonly<Record<Operation, Cost>>,
): string[] {
  const createLimit = parallel ? (2 * LARGEST) / parallel + 5 : 40;
  const limits = [
    { what: "processes of create", seen: costs.create.midcltProcesses, limit: createLimit },
    { what: "processes of refresh", seen: costs.refresh.midcltProcesses, limit: 3 },
    { what: "connections of a no-op", seen: costs["no-op"].sshConnections, limit: 0 },
  ];
  const applies = limits.filter(({ what }) => datasets === LARGEST || what.startsWith("connections"));

  return applies
    .filter(({ seen, limit }) => seen > limit)
    .map(({ what, seen, limit }) => `${what}: ${seen}, at most ${limit} are allowed`);
}
