import { writeFileSync } from "node:fs";
import { createLogUpdate } from "log-update";
import type { Desk } from "./suite.ts";

/** Where the bench writes: tables for people, progress on a terminal's standard error, a report for machines. */
export class BenchDesk implements Desk {
  readonly #json: string | undefined;
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;

  /** With `json` as `-`, the report goes to standard output and everything else to standard error. */
  constructor(json: string | undefined) {
    this.#json = json;
  }

  print(text: string): void {
    this.#live?.clear();
    (this.#json === "-" ? process.stderr : process.stdout).write(`${text}\n`);
  }

  progress(text: string): void {
    this.#live?.(text);
  }

  /** Writes the machine-readable report where it was asked for. */
  report(report: object): void {
    this.#live?.clear();
    if (!this.#json) return;
    const text = `${JSON.stringify(report, null, 2)}\n`;
    if (this.#json === "-") process.stdout.write(text);
    else writeFileSync(this.#json, text);
  }
}
