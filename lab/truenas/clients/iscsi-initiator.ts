import { ConsumerError } from "../filesystem/data.ts";
import { contains, parseNetwork } from "../networks.ts";
import type { ApplianceState, IscsiSession } from "../state/appliance-state.ts";

interface TargetRow {
  readonly name: string;
  readonly groups: readonly { readonly initiator: number | null }[];
  readonly auth_networks: readonly string[];
}

interface InitiatorRow {
  readonly initiators: readonly string[];
}

/** A machine that uses disks of an appliance. */
export interface Initiator {
  /** Its IQN. */
  readonly name: string;
  readonly address: string;
}

/** True while the appliance offers its targets. */
export function offersTargets(state: ApplianceState): boolean {
  return state.services.values().some(({ service, running }) => service === "iscsitarget" && running);
}

function admits(state: ApplianceState, target: TargetRow, { name, address }: Initiator): boolean {
  const near = target.auth_networks.some((text) => {
    const network = parseNetwork(text);
    return network !== undefined && contains(network, address);
  });
  if (target.auth_networks.length > 0 && !near) return false;
  return target.groups.some(({ initiator }) => {
    const allowed = state.table<InitiatorRow>("iscsi.initiator").get(initiator ?? "")?.initiators ?? [];
    return allowed.length === 0 || allowed.includes(name);
  });
}

/** A machine at the targets of an appliance: it logs in, stays until it logs out, and is dropped with the service. */
export class IscsiInitiator {
  readonly #state: ApplianceState;
  readonly #initiator: Initiator;

  constructor(state: ApplianceState, initiator: Initiator) {
    this.#state = state;
    this.#initiator = initiator;
  }

  /** Logs in to a target, or fails with what the machine sees. */
  login(target: string): void {
    if (!offersTargets(this.#state)) throw new ConsumerError("ECONNREFUSED", "the iscsitarget service is not running");
    const row = this.#state
      .table<TargetRow>("iscsi.target")
      .values()
      .find(({ name }) => name === target);
    if (row === undefined) throw new ConsumerError("ENOENT", `there is no target ${target}`);
    if (!admits(this.#state, row, this.#initiator))
      throw new ConsumerError("EACCES", `${this.#initiator.name} may not log in to ${target}`);
    const session: IscsiSession = { target, initiator: this.#initiator.name, address: this.#initiator.address };
    this.#state.iscsiSessions.put(`${target} ${session.initiator}`, session);
  }

  /** Ends the session with a target. */
  logout(target: string): void {
    this.#state.iscsiSessions.delete(`${target} ${this.#initiator.name}`);
  }
}
