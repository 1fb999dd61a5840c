/** How many things are remembered of each kind. */
const LIMIT = 1000;

/**
 * What was read once of objects whose name says what they hold: they never change, and thousands of simulated runs ask
 * for the same ones. Whoever asks has seen in the cloud that the object is there.
 */
export class Known<T> {
  readonly #values = new Map<string, T>();

  /** What is known of an object, or what reading it yields. */
  of(name: string, read: () => T): T {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    if (this.#values.size >= LIMIT) this.#values.clear();
    const value = read();
    this.#values.set(name, value);
    return value;
  }
}
