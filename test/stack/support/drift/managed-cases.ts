import { managed, tamper } from "../../../truenas/support/objects/index.ts";
import { cases, type DriftCase, type Kind, type Odd, slug } from "./drift-case.ts";

/** The cases of what is told once for all stories: an object for each property, or the only one for all. */
export const managedCases: readonly DriftCase[] = managed.flatMap((one) => {
  const kind: Kind = {
    type: one.type,
    id: one.id,
    stated: (at) => one.stated(one.single ? "it" : at),
    deed: () => () => undefined,
  };
  const odds = Object.entries(one.drift)
    .filter(([path]) => !(path in (one.fixed ?? {})))
    .map(([path, change]): [string, Odd] => [
      path,
      { deed: (appliance, object) => tamper(appliance, one, object, change), along: one.along?.[path] ?? [] },
    ]);
  const all = cases(kind, Object.fromEntries(odds));

  return one.single ? all.map((each) => ({ ...each, resource: { ...each.resource, name: one.id({}) } })) : all;
});

/** What the objects stand on; made by hand. */
export const ground = managed.flatMap(({ drift, ground: of, single }) => {
  const ats = single ? ["it"] : Object.keys(drift).map(slug);

  return of ? ats.flatMap((at) => of(at)) : [];
});
