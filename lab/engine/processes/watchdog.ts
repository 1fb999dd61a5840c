// Ends what an engine leaves behind, however the engine ends. Reads lines "+<pid>" and "-<pid>" of process groups from
// stdin; when stdin closes, because the engine exited, crashed or was killed, every group still on the list is killed.
import { createInterface } from "node:readline";

const groups = new Set<number>();

for await (const line of createInterface({ input: process.stdin })) {
  const group = Number(line.slice(1));
  if (line.startsWith("+")) groups.add(group);
  else groups.delete(group);
}

for (const group of groups) {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
