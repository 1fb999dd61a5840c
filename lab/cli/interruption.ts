/** Exit code of a command that was interrupted, as shells number it. */
export const INTERRUPTED = 130;

/** Aborts at the first Ctrl-C or SIGTERM, so that what is under way ends well; the second one ends the process. */
export function interruption(say: (text: string) => void): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    say("interrupted: what is under way is finished first; once more stops at once");
    controller.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupt);

  return controller.signal;
}
