const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** Bytes for people, as the middleware shows them: `2 GiB`, `1.5 GiB`, `0 bytes`. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  return `${Number((bytes / 1024 ** power).toFixed(2))} ${UNITS[power]}`;
}

const SUFFIXES = ["", "K", "M", "G"] as const;

/** A block size in ZFS's short spelling: `131072` is `128K`. */
export function blockSizeText(bytes: number): string {
  const power = Math.floor(Math.log2(Math.max(bytes, 1)) / 10);
  return `${bytes / 1024 ** power}${SUFFIXES[power]}`;
}

/** The bytes of a block size such as `512`, `512B`, `16K` or `1M`. */
export function blockSizeBytes(text: string): number {
  const power = text.endsWith("M") ? 2 : text.endsWith("K") ? 1 : 0;
  return Number.parseInt(text, 10) * 1024 ** power;
}
