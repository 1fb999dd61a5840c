import { replicationsOf } from "../../replication/task-row.ts";
import type { Found } from "../alert-row.ts";
import type { AlertSource } from "../alert-source.ts";

const stamp = (at = 0) => new Date(Math.floor(at / 1000) * 1000).toISOString().replace(".000Z", "+00:00");

/** How the last runs of snapshot tasks and replications ended. */
export const taskOutcomes: AlertSource = {
  name: "Replication",
  reads: (state) => [state.snapshotTasks, replicationsOf(state)],
  look: ({ state: appliance }) => [
    ...appliance.snapshotTasks
      .values()
      .filter(({ enabled, state }) => enabled && state.state === "ERROR")
      .map(({ id, dataset, state: { at, error } }): Found => {
        return { klass: "SnapshotFailed", args: { name: dataset, message: error }, key: [id, stamp(at)], at };
      }),
    ...replicationsOf(appliance)
      .values()
      .filter(({ enabled }) => enabled)
      .flatMap(({ id, name, state: { state, at, error } }): Found[] => {
        const key = [id, stamp(at)];
        if (state === "FINISHED") return [{ klass: "ReplicationSuccess", args: { name }, key, at }];
        return state === "ERROR" ? [{ klass: "ReplicationFailed", args: { name, message: error }, key, at }] : [];
      }),
  ],
};
