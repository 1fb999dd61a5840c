import type { Parallel } from "./cost.ts";
import type { Case } from "./managed.ts";

/** What the command line asks for. */
export interface BenchOptions {
  /** Numbers of datasets. */
  readonly sizes: readonly number[];
  /** Milliseconds that a process takes to start. */
  readonly delay: readonly number[];
  readonly parallel: readonly Parallel[];
  readonly engine: readonly Case["engine"][];
}

/** Where a suite tells how it goes. */
export interface Desk {
  /** Text for people that stays. */
  print(text: string): void;
  /** What is being measured at the moment; shown on terminals only. */
  progress(text: string): void;
}

/** What a suite measured. */
export interface SuiteResult {
  /** One object per line, as the JSON report has it. */
  readonly rows: readonly object[];
  /** False when nothing that was measured has a bound. */
  readonly judged: boolean;
  /** A sentence for each bound that is broken. */
  readonly broken: readonly string[];
}

/** Something that the bench can measure. */
export interface Suite {
  readonly name: string;
  /** One line for `--help`. */
  readonly about: string;
  run(options: BenchOptions, desk: Desk): Promise<SuiteResult>;
}
