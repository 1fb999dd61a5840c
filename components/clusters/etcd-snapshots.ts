/** Where a cluster's own data is kept. */
export interface EtcdSnapshots {
  /** Address of the NAS. */
  readonly server: string;
  /** Path of its export. */
  readonly path: string;
  /** When, as a cron expression. */
  readonly schedule: string;
  /** How many are kept. */
  readonly keep: number;
}
