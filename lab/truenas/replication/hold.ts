import { credentialsOf } from "../credentials.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { poolOf } from "../zfs/dataset-tree.ts";
import { poolNamed } from "../zfs/pool-members.ts";
import type { ReplicationSpec } from "./task-row.ts";

function poolProblem(state: ApplianceState, dataset: string): string | undefined {
  const pool = poolOf(dataset);
  if (poolNamed(state, pool) === undefined) return `Pool ${pool} does not exist`;
  return state.poolConditions.get(pool)?.status === "FAULTED" ? `Pool ${pool} is offline` : undefined;
}

/** Why a snapshot task waits, in the middleware's words, or undefined. */
export function snapshotTaskHold(state: ApplianceState, dataset: string): string | undefined {
  return sentence(poolProblem(state, dataset));
}

function credentialProblem(state: ApplianceState, spec: ReplicationSpec): string | undefined {
  if (spec.transport === "LOCAL") return undefined;
  if (spec.ssh_credentials === null) return `You should pass SSH credentials for ${spec.transport} transport`;
  const connection = credentialsOf(state).get(spec.ssh_credentials);
  if (connection === undefined) return "Credential does not exist";
  if (connection.type !== "SSH_CREDENTIALS") return "Credential is not of type SSH_CREDENTIALS";
  const pair = credentialsOf(state).get(connection.attributes.private_key);
  if (pair?.type === "SSH_KEY_PAIR") return undefined;
  const reason =
    pair === undefined ? "[ENOENT] Credential does not exist" : "[EINVAL] Credential is not of type SSH_KEY_PAIR";
  return `Error while querying SSH key pair for credentials ${connection.id}: ${reason}`;
}

/** Why a replication waits, in the middleware's words, or undefined. */
export function replicationHold(state: ApplianceState, spec: ReplicationSpec): string | undefined {
  const own = spec.direction === "PUSH" ? spec.source_datasets : [spec.target_dataset];
  const pools = own.map((dataset) => poolProblem(state, dataset));
  return sentence(pools.find((problem) => problem !== undefined) ?? credentialProblem(state, spec));
}

/** Ends a text like a sentence, as the middleware does with errors of tasks. */
export function sentence<T extends string | undefined>(text: T): T {
  return text === undefined || /[.!?]$/.test(text) ? text : (`${text}.` as T);
}
