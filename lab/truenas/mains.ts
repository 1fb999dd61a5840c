/** What happens when power or network come and go. */
export interface Reach {
  listen(): Promise<void>;
  hangUp(): Promise<void>;
  /** Forgets everything that only memory held. */
  forget(): void;
}

/** An appliance's power and network: it answers only with both. */
export class Mains {
  powered = true;
  #online = true;
  #cut = false;
  readonly #reach: Reach;

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  get reachable(): boolean {
    return this.powered && this.#online;
  }

  /** Cuts the power. */
  async off(): Promise<void> {
    this.powered = false;
    this.#reach.forget();
    await this.#reach.hangUp();
  }

  /** Gives the power back. */
  async on(): Promise<void> {
    this.powered = true;
    if (this.reachable) await this.#reach.listen();
  }

  /** Takes the network away. */
  async unplug(): Promise<void> {
    this.#online = false;
    await this.#reach.hangUp();
  }

  /** Brings the network back. */
  async plug(): Promise<void> {
    this.#online = true;
    if (this.reachable) await this.#reach.listen();
  }

  /** Takes the network away until a change of it is taken back. */
  async cut(): Promise<void> {
    this.#cut = true;
    await this.unplug();
  }

  /** The change that cut the network off was taken back. */
  async mend(): Promise<void> {
    if (this.#cut) await this.plug();
    this.#cut = false;
  }
}
