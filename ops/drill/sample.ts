import type { Inspection } from "../../truenas/inspect.ts";

/** A file below a directory. */
export interface FileAt {
  readonly path: string;
  readonly bytes: number;
}

/** What of a directory is compared. */
export interface SampleWanted {
  /** How many files. */
  readonly files: number;
  /** Most bytes together; one file is compared however large it is. */
  readonly bytes: number;
  /** Files that are always among them. */
  readonly paths: readonly string[];
}

/** Directories that are listed together, and how often: a million files cost no more than a hundred. */
const TOGETHER = 10;
const ROUNDS = 8;
/** Entries of one directory that are looked at. */
const WIDEST = 2000;
/** So many times the wanted files are enough to choose from. */
const PLENTY = 10;

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly is_mountpoint?: boolean;
}

/** Chooses files below a directory: the named ones, and others at random, from the top downwards. */
export async function chooseSample(
  inspection: Inspection,
  directory: string,
  wanted: SampleWanted,
  random: () => number = Math.random,
): Promise<readonly FileAt[]> {
  const named = await Promise.all(wanted.paths.map((path) => describe(inspection, directory, path)));
  const others = (await filesBelow(inspection, directory, wanted.files * PLENTY, random)).filter(
    ({ path }) => !wanted.paths.includes(path),
  );

  return limited([...named, ...shuffled(others, random)], wanted);
}

async function describe(inspection: Inspection, directory: string, path: string): Promise<FileAt> {
  const stat = (await inspection.ask("filesystem.stat", `${directory}/${path}`)) as { readonly size?: number };

  return { path, bytes: Number(stat.size ?? 0) };
}

async function filesBelow(
  inspection: Inspection,
  directory: string,
  enough: number,
  random: () => number,
): Promise<readonly FileAt[]> {
  const files: FileAt[] = [];
  let ahead: readonly string[] = [""];
  for (let round = 0; round < ROUNDS && ahead.length > 0 && files.length < enough; round += 1) {
    const order = shuffled(ahead, random);
    const now = order.slice(0, TOGETHER);
    const listed = await Promise.all(now.map((below) => list(inspection, directory, below)));
    files.push(...listed.flatMap((entries) => entries.files));
    ahead = [...order.slice(TOGETHER), ...listed.flatMap((entries) => entries.directories)];
  }

  return files;
}

async function list(inspection: Inspection, directory: string, below: string) {
  const path = below === "" ? directory : `${directory}/${below}`;
  const options = { select: ["name", "type", "size", "is_mountpoint"], limit: WIDEST };
  const entries = (await inspection.ask("filesystem.listdir", path, [], options)) as readonly Entry[];
  const at = (name: string) => (below === "" ? name : `${below}/${name}`);

  return {
    files: entries.filter(({ type }) => type === "FILE").map(({ name, size }) => ({ path: at(name), bytes: size })),
    // What is mounted below is data of its own.
    directories: entries
      .filter(({ type, is_mountpoint: mounted }) => type === "DIRECTORY" && !mounted)
      .map(({ name }) => at(name)),
  };
}

function limited(files: readonly FileAt[], wanted: SampleWanted): readonly FileAt[] {
  const chosen: FileAt[] = [];
  let left = wanted.bytes;
  for (const file of files) {
    const must = wanted.paths.includes(file.path) || chosen.length === 0;
    if (!must && (file.bytes > left || chosen.length >= wanted.files)) continue;
    chosen.push(file);
    left -= file.bytes;
  }

  return chosen;
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
