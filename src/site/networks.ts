import { z } from "zod";
import { address, cidr } from "./addresses.ts";
import { plainName } from "./names.ts";
import { rate } from "./rates.ts";
import { named, wholeNumber, words } from "./value.ts";

const network = z.strictObject({
  vlan: wholeNumber(1, 4094, "the VLAN's tag", "use a tag that 802.1Q has").meta({ description: "802.1Q tag." }),
  cidr: cidr().meta({ description: "The network and the length of its prefix." }),
  mtu: wholeNumber(1280, 9216, "bytes", "use 1500, or 9000 where every port carries jumbo frames")
    .default(1500)
    .meta({ description: "Largest packet in bytes; 1500 when left out." }),
  speed: rate()
    .exactOptional()
    .meta({ description: "How fast its ports are; 10 Gbit/s with jumbo frames, else 1 Gbit/s when left out." }),
  gateway: address().exactOptional().meta({ description: "The router's address in this network." }),
  nameservers: z
    .array(address())
    .default([])
    .meta({ description: "Name servers for machines in it; the gateway when empty." }),
  purpose: words(120).meta({ description: "What the network is for." }),
});

/** The VLANs of a site, by name. */
export const networks = named(plainName, network).meta({ description: "VLANs, by name." });

/** Addresses of one machine, by the network they lie in. */
export const addresses = named(plainName, address()).meta({ description: "Addresses, by network." });
