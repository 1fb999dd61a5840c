import { createLogUpdate } from "log-update";

/** Shows what a drill is doing: one line rewritten on a terminal, one line for each step elsewhere. */
export class Progress {
  readonly #people: NodeJS.WriteStream;
  readonly #live: ReturnType<typeof createLogUpdate> | undefined;
  #last = "";

  constructor(people: NodeJS.WriteStream, terminal: boolean) {
    this.#people = people;
    this.#live = terminal ? createLogUpdate(people) : undefined;
  }

  /** What is being done now. */
  tell(text: string): void {
    if (this.#live) this.#live(text);
    // Percentages are for those who watch; a log keeps the steps.
    else if (text.replace(/: \d+ %.*$/, "") !== this.#last) this.#people.write(`${text}\n`);
    this.#last = text.replace(/: \d+ %.*$/, "");
  }

  /** What stays to be read. */
  write(text: string): void {
    this.#live?.clear();
    this.#people.write(`${text}\n`);
  }
}
