import type { SimulatedTrueNas } from "../../../../lab/truenas/index.ts";

/** A property as `pool.dataset.query` returns it. */
export interface Property {
  readonly parsed: unknown;
  readonly rawvalue: string;
  readonly value: string | null;
  readonly source: string;
  readonly source_info: string | null;
}

/** A property of a dataset. */
export async function property(nas: SimulatedTrueNas, id: string, name: string): Promise<Property> {
  const entry = (await nas.call("pool.dataset.get_instance", id)) as Record<string, Property>;
  return entry[name] as Property;
}

/** Makes a dataset. */
export function create(nas: SimulatedTrueNas, name: string, fields: object = {}): Promise<unknown> {
  return nas.call("pool.dataset.create", { name, ...fields });
}

/** Changes a dataset. */
export function update(nas: SimulatedTrueNas, id: string, fields: object): Promise<unknown> {
  return nas.call("pool.dataset.update", id, fields);
}
