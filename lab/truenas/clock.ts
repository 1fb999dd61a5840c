/** The time of a world: runs along with real time unless it was given, and can be moved forward. */
export class Clock {
  #offset: number;
  readonly #frozen: number | undefined;

  /** @param given the time to stand still at; without it the clock shows real time plus `offset` milliseconds. */
  constructor(offset = 0, given?: Date) {
    this.#offset = offset;
    this.#frozen = given?.getTime();
  }

  /** Milliseconds since the epoch. */
  get time(): number {
    return (this.#frozen ?? Date.now()) + this.#offset;
  }

  /** Milliseconds by which the clock was moved so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Moves the clock to a later moment; an earlier one is ignored. */
  moveTo(time: number): void {
    this.#offset += Math.max(0, time - this.time);
  }

  /** Takes over how far another run had moved its clock. A clock that was given its time keeps that. */
  catchUp(offset: number): void {
    if (this.#frozen === undefined) this.#offset = Math.max(this.#offset, offset);
  }
}
