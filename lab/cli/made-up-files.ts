import type { SimulatedTrueNas } from "../truenas/index.ts";

/** What consumers have written by the time that somebody looks: something to snapshot, to copy and to restore. */
const FILES: Readonly<Record<string, string>> = {
  "readme.txt": "Made up by the lab.\n",
  "2026/letter.txt": "Dear reader,\n",
  "2026/summer/picture.jpg": "not really a picture\n",
};

/** Writes files into every dataset of an appliance that takes snapshots and has none yet. */
export async function makeUpFiles(appliance: SimulatedTrueNas): Promise<void> {
  const [tasks, datasets] = (await Promise.all([
    appliance.call("pool.snapshottask.query"),
    appliance.call("pool.dataset.query", [["type", "=", "FILESYSTEM"]], { select: ["id"] }),
  ])) as [{ dataset: string; recursive: boolean; exclude: string[] }[], { id: string }[]];
  const within = (id: string, top: string) => id === top || id.startsWith(`${top}/`);
  const covered = datasets.filter(({ id }) =>
    tasks.some(
      ({ dataset, recursive, exclude }) =>
        (recursive ? within(id, dataset) : id === dataset) && !exclude.some((left) => within(id, left)),
    ),
  );
  for (const { id } of covered) {
    if (appliance.console.list(`/mnt/${id}`).length > 0) continue;
    for (const [path, content] of Object.entries(FILES)) appliance.console.write(`/mnt/${id}/${path}`, content);
  }
}
