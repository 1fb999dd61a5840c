import { diskImage } from "../components/clusters/talos/schematic.ts";
import { type HostImage, imageOf } from "../components/hosts/images.ts";
import { type Cluster, machinesOn, type Site } from "./site/index.ts";
import { schematicOf } from "./talos.ts";

/** The images that machines of a host are made from, each once. */
export function imagesOn(site: Site, host: string): HostImage[] {
  const named = machinesOn(site, host).flatMap(({ name }) => [
    ...(site.appliances[name]?.vm ? [site.appliances[name].vm.installer] : []),
    ...(site.machines[name] ? [site.machines[name].image] : []),
  ]);
  const clusters = Object.values(site.clusters).flatMap((cluster) => clusterImages(site, cluster, host));
  const images = [...named.flatMap((name) => site.images[name] ?? []).map(imageOf), ...clusters];

  return [...new Map(images.map((image) => [image.fileName, image])).values()];
}

function clusterImages(site: Site, cluster: Cluster, host: string): HostImage[] {
  const nodes = Object.values(cluster.nodes).filter((node) => node.host === host);
  if (nodes.length === 0) return [];
  if (cluster.distribution === "talos")
    return nodes.map((node) => diskImage(schematicOf(cluster, node), cluster.version ?? ""));
  const image = cluster.image && site.images[cluster.image];
  return image ? [imageOf(image)] : [];
}
