import { createHash } from "node:crypto";
import type { HostImage } from "../../hosts/images.ts";

const FACTORY = "factory.talos.dev";

/** The Image Factory's name for Talos with these extensions: the hash of the request that would make it. */
export function schematicId(extensions: readonly string[]): string {
  const listed = [...new Set(extensions)].sort().map((extension) => `            - ${extension}\n`);
  const wanted = `customization:\n    systemExtensions:\n        officialExtensions:\n${listed.join("")}`;
  const request = listed.length === 0 ? "customization: {}\n" : wanted;

  return createHash("sha256").update(request).digest("hex");
}

/** The disk image that a machine starts from; its name says release and extensions, so that it never changes. */
export function diskImage(schematic: string, version: string): HostImage {
  return {
    contentType: "import",
    fileName: `talos-${version}-${schematic.slice(0, 12)}.qcow2`,
    url: `https://${FACTORY}/image/${schematic}/${version}/nocloud-amd64.qcow2`,
  };
}

/** The image from which a running machine is upgraded. */
export function installerImage(schematic: string, version: string): string {
  return `${FACTORY}/nocloud-installer/${schematic}:${version}`;
}
