/** Says that an operation goes no further: no new step starts, and what waits is told so. */
export class Cancellation {
  #cancelled = false;
  #announce: () => void = () => undefined;
  /** Resolves when the operation is cancelled. */
  readonly happened: Promise<void>;

  constructor() {
    this.happened = new Promise((resolve) => {
      this.#announce = resolve;
    });
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#announce();
  }
}
