import type { ApplianceState } from "../state/appliance-state.ts";
import type { Table } from "../state/store.ts";

/** Somewhere that alerts are told, as it is stored. */
export interface AlertServiceRow {
  readonly id: number;
  readonly name: string;
  /** `Mail`, `Slack` and so on. */
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly level: string;
  readonly enabled: boolean;
}

/** Every service that alerts are told to. */
export const alertServicesOf = (state: ApplianceState): Table<AlertServiceRow> => state.table("alertservice");
