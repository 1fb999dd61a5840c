import type { PathPart } from "../problem.ts";
import type { DatasetSpec, Site, ZvolSpec } from "../site.ts";
import { datasetsOf, zvolsOf } from "../walk.ts";
import type { Check } from "./check.ts";

const PROMOTION = ["promoteTo", "deadline"] as const;

/** Transitional data says where it goes and by when; other data goes nowhere. */
export const promotionIsPlanned: Check = {
  rule: "promotion-is-planned",
  find: ({ site, written }) =>
    [...datasetsOf(site), ...zvolsOf(site)].flatMap(({ spec, path: top }) =>
      PROMOTION.flatMap((key) => {
        const path = [...top, key];
        const declared = written.declares(...path);
        if (declared === (spec.class === "transitional")) return [];

        const says = declared ? `${spec.class} data is not promoted` : "is missing, but the data is transitional";
        const allowed =
          key === "promoteTo" ? "appliance and dataset of the data's home" : "the day by which it is there";
        return [
          declared
            ? { path, says, allowed: "no line", remedy: "remove it, or say class: transitional" }
            : { path, says, allowed, remedy: `add ${key}` },
        ];
      }),
    ),
};

/** Transitional data is promoted to a home that keeps it. */
export const promotionHasHome: Check = {
  rule: "promotion-has-home",
  find: ({ site }) =>
    [...datasetsOf(site), ...zvolsOf(site)].flatMap(({ spec: { promoteTo }, path: top }) => {
      const home = promoteTo && volumeAt(site, promoteTo.appliance, promoteTo.dataset);
      if (promoteTo === undefined || home === undefined || home.class === "authoritative") return [];

      const path: PathPart[] = [...top, "promoteTo", "dataset"];
      const says = `${promoteTo.dataset} is ${home.class}`;
      return [
        { path, says, allowed: "authoritative data", remedy: "name the dataset that is to keep the data for good" },
      ];
    }),
};

function volumeAt(site: Site, appliance: string, whole: string): DatasetSpec | ZvolSpec | undefined {
  const [pool = "", ...rest] = whole.split("/");
  const spec = site.appliances[appliance]?.pools[pool];
  return spec?.datasets[rest.join("/")] ?? spec?.zvols[rest.join("/")];
}

/** A dataset that only groups others holds no data, so nobody comes to it; a zvol is always data. */
export const containersHoldNoData: Check = {
  rule: "containers-hold-no-data",
  find: ({ site }) => [
    ...datasetsOf(site)
      .filter(({ spec }) => spec.class === "container" && Object.keys(spec.access).length > 0)
      .map(({ path, spec }) => ({
        path: [...path, "access"],
        says: `a container is reached by ${Object.keys(spec.access).join(" and ")}`,
        allowed: "no access to a container",
        remedy: "say how precious its data is, or share a dataset below it",
      })),
    ...zvolsOf(site)
      .filter(({ spec }) => spec.class === "container")
      .map(({ path }) => ({
        path: [...path, "class"],
        says: "a zvol groups nothing",
        allowed: "authoritative, runtime, disposable, transitional",
        remedy: "say how precious its data is",
      })),
  ],
};
