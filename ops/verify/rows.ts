/** A row as a query returns it. */
export type Row = Readonly<Record<string, unknown>>;

/** Milliseconds of a date as the middleware writes it, `{"$date": ms}`; undefined for anything else. */
export function dateOf(value: unknown): number | undefined {
  const date = (value as { readonly $date?: unknown } | null | undefined)?.$date;

  return typeof date === "number" ? date : undefined;
}
