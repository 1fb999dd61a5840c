import type { download } from "@muhlba91/pulumi-proxmoxve";
import type { Image } from "../../src/site/index.ts";

/** An image that machines of a host are made from. */
export interface HostImage {
  /** `import` for a disk that is ready to start, `iso` for an installer. */
  readonly contentType: "import" | "iso";
  readonly fileName: string;
  readonly url: string;
  readonly sha256?: string;
}

/** An image of the site as a host downloads it. */
export function imageOf({ kind, url, file, sha256 }: Image): HostImage {
  return {
    contentType: kind === "installer" ? "iso" : "import",
    fileName: file ?? url.slice(url.lastIndexOf("/") + 1),
    url,
    ...(sha256 ? { sha256 } : {}),
  };
}

/** The volume that a downloaded image is. */
export function volumeOf(datastoreId: string, { contentType, fileName }: HostImage): string {
  return `${datastoreId}:${contentType}/${fileName}`;
}

/** How a host downloads an image: once, and never again because somebody has changed the file behind the address. */
export function downloadArgs(nodeName: string, datastoreId: string, image: HostImage): download.FileArgs {
  const { contentType, fileName, url, sha256 } = image;
  const checked = sha256 ? { checksum: sha256, checksumAlgorithm: "sha256" } : {};

  return { nodeName, datastoreId, contentType, fileName, url, ...checked, overwrite: false };
}
