import { UnknownValueError } from "@pulumi/policy";
import type { Judged } from "../judged.ts";
import { at, listAt, type Props, textAt } from "../reading.ts";
import { CLAIM, HELM_RELEASE, STATEFUL_SET, STORAGE_CLASS } from "../tokens.ts";

/** What an object makes in its cluster that the program does not register by itself. */
const MADE_BY: Readonly<Record<string, (maker: Judged) => Judged[]>> = {
  [STATEFUL_SET]: claimsOf,
  [HELM_RELEASE]: classesOf,
};

/** Claims that StatefulSets make, and StorageClasses that a CSI driver's Helm release makes, as if registered. */
export function madeObjects(resources: readonly Judged[]): Judged[] {
  return resources.flatMap((maker) => {
    try {
      return MADE_BY[maker.type]?.(maker) ?? [];
    } catch (error) {
      // What is made cannot be told before the update; the object itself is judged all the same.
      if (error instanceof UnknownValueError) return [];
      throw error;
    }
  });
}

/** The name under which a claim of a StatefulSet is judged. */
export function claimName(maker: Judged, template: string): string {
  return `${maker.name}/${template}`;
}

function claimsOf(maker: Judged): Judged[] {
  const namespace = textAt(maker.props, "metadata", "namespace");
  return listAt(maker.props, "spec", "volumeClaimTemplates").map((template) => {
    const name = textAt(template, "metadata", "name") ?? "";
    const metadata = { name: claimName(maker, name), namespace, annotations: at(template, "metadata", "annotations") };
    return made(maker, CLAIM, claimName(maker, name), { metadata, spec: at(template, "spec") });
  });
}

function classesOf(maker: Judged): Judged[] {
  const values = at(maker.props, "values");
  const provisioner = textAt(values, "csiDriver", "name") ?? "";
  return listAt(values, "storageClasses").map((storageClass) => {
    const name = textAt(storageClass, "name") ?? "";
    const isDefault = at(storageClass, "defaultClass") === true;
    const written = (at(storageClass, "annotations") ?? {}) as Props;
    const annotations = { ...written, ...(isDefault ? { [DEFAULT_CLASS]: "true" } : {}) };
    const { parameters, reclaimPolicy, mountOptions } = storageClass as Props;
    const props = { metadata: { name, annotations }, provisioner, parameters, reclaimPolicy, mountOptions };
    return made(maker, STORAGE_CLASS, `${maker.name}/${name}`, props);
  });
}

/** Annotation of a cluster's default StorageClass. */
export const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

function made(maker: Judged, type: string, name: string, props: Props): Judged {
  return { ...maker, type, name, props };
}
