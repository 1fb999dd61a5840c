import { writeFileSync } from "node:fs";
import { styleText } from "node:util";
import { createLogUpdate } from "log-update";
import type { EngineEvent } from "../engine/index.ts";
import type { Report } from "./report.ts";
import { nameOf } from "./resource-name.ts";

/** Where a command writes: people read one stream, machines may take the other. */
export class Console {
  readonly #people: NodeJS.WriteStream;
  readonly #json: string | undefined;
  readonly #live: ReturnType<typeof createLogUpdate> | undefined;
  #done = 0;

  /** With `json` as `-`, the report goes to standard output and everything else to standard error. */
  constructor(json: string | undefined) {
    this.#json = json;
    this.#people = json === "-" ? process.stderr : process.stdout;
    const rewritable = this.#people.isTTY === true && !process.env["CI"];
    this.#live = rewritable ? createLogUpdate(this.#people) : undefined;
  }

  /** A heading above what follows. */
  heading(text: string): void {
    this.#clear();
    this.#people.write(`\n${styleText("bold", text)}\n`);
  }

  /** Text for people. */
  write(text: string): void {
    this.#clear();
    if (text) this.#people.write(`${text}\n`);
  }

  /** Shows the progress of a run: one line rewritten on a terminal, one line per fifty resources elsewhere. */
  progress(phase: string): (event: EngineEvent) => void {
    this.#done = 0;
    return (event) => {
      if (event.type !== "step-done") return;
      this.#done += 1;
      this.#live?.(styleText("dim", `${phase}: ${this.#done}  ${nameOf(event.step.urn)}`));
      if (!this.#live && this.#done % 50 === 0) this.#people.write(`${phase}: ${this.#done} resources so far\n`);
    };
  }

  /** Writes the machine-readable report where it was asked for. */
  report(report: Report): void {
    this.#clear();
    if (!this.#json) return;
    const text = `${JSON.stringify(report, null, 2)}\n`;
    if (this.#json === "-") process.stdout.write(text);
    else writeFileSync(this.#json, text);
  }

  #clear(): void {
    this.#live?.clear();
  }
}
