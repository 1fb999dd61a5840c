import { z } from "zod";
import { address } from "./addresses.ts";
import { hostName, plainName } from "./names.ts";
import { choice, named, reference, wholeNumber } from "./value.ts";

const node = z.strictObject({
  host: reference("a host").meta({ description: "The machine that it runs on, by name." }),
  vmId: wholeNumber(
    100,
    999_999_999,
    "Proxmox's id of the virtual machine",
    "use an id that Proxmox accepts",
  ).exactOptional(),
  role: choice(["control-plane", "worker"]),
  network: reference("a network").meta({ description: "The network that it lies in." }),
  address: address().meta({ description: "Its address there." }),
});

const cluster = z.strictObject({
  distribution: choice(["talos", "k3s"]).meta({ description: "The Kubernetes distribution." }),
  network: reference("a network").meta({ description: "The network of its control planes." }),
  endpoint: address().exactOptional().meta({ description: "The address under which its API is reached." }),
  nodes: named(hostName, node).default({}).meta({ description: "Its machines, by host name." }),
});

/** Kubernetes clusters, by name. */
export const clusters = named(plainName, cluster).default({}).meta({ description: "Kubernetes clusters, by name." });
