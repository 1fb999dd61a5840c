import { Post } from "./alerts/post.ts";
import { Clock } from "./clock.ts";
import { Cloud } from "./cloud/cloud.ts";
import { advance } from "./scheduling/timeline.ts";
import type { Member, Surroundings } from "./surroundings.ts";

/** How a world begins. */
export interface WorldOptions {
  /** The time to start at and stand still until advanced. @default real time, running */
  readonly now?: Date;
  /** The cloud that its appliances reach. @default an empty one that is gone with the world */
  readonly cloud?: Cloud;
}

/** Several appliances that reach one another and share one clock. */
export class World implements Surroundings {
  /** The one clock; appliances show it as theirs. */
  readonly clock: Clock;
  /** What appliances find on the internet. */
  readonly cloud: Cloud;
  /** What its appliances told somebody. */
  readonly post = new Post();
  readonly #members = new Map<string, Member>();
  #moving: Promise<void> = Promise.resolve();

  constructor({ now, cloud = new Cloud() }: WorldOptions = {}) {
    this.clock = new Clock(0, now);
    this.cloud = cloud;
  }

  /** The time everywhere. */
  now(): Date {
    return new Date(this.clock.time);
  }

  /** The appliances, switched on or off, in the order in which they joined. */
  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  /** Adds an appliance. Where its own clock was moved further than the world's, the world's follows. */
  join(member: Member): void {
    if (this.#members.has(member.name)) throw new Error(`the world already has an appliance called ${member.name}`);
    this.#members.set(member.name, member);
    this.clock.catchUp(Number(member.state.facts.get("clockOffset") ?? 0));
  }

  /** Takes an appliance out; nobody reaches it any more. False when it had left already. */
  leave(member: Member): boolean {
    return this.#members.get(member.name) === member && this.#members.delete(member.name);
  }

  member(name: string): Member | undefined {
    return this.#members.get(name);
  }

  at(address: string): Member | undefined {
    return this.members.find((member) => member.reachable && member.addresses.includes(address));
  }

  /** Moves the clock forward by that many milliseconds, running on all appliances what falls due, in order of time. */
  async advance(ms: number): Promise<void> {
    const turn = this.#moving.then(() => advance(this, this.members, ms));
    this.#moving = turn.catch(() => undefined);
    return turn;
  }

  /** Cuts an appliance's power: connections and jobs end, nothing falls due on it until it is switched on again. */
  async powerOff(name: string): Promise<void> {
    await this.#member(name).powerOff();
  }

  /** Gives an appliance its power back; what it missed is not made up for. */
  async powerOn(name: string): Promise<void> {
    await this.#member(name).powerOn();
  }

  #member(name: string): Member {
    const member = this.#members.get(name);
    if (member === undefined) throw new Error(`the world has no appliance called ${name}`);
    return member;
  }
}
