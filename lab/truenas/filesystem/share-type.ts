import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow } from "../state/rows.ts";

/** Gives a new dataset the access control list that its share type asks for. */
export function applyShareType(_state: ApplianceState, _dataset: DatasetRow, _shareType: string): void {}
