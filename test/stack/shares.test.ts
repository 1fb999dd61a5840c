import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConsumerError } from "../../lab/truenas/index.ts";
import { underEveryEngine } from "../support/engines.ts";
import { type DatasetYaml, type SiteYaml, siteOf } from "../support/site-yaml.ts";
import { World } from "../support/world.ts";

const MEGABYTE = 1e6;
const ACCOUNTS: Readonly<Record<string, number>> = { apps: 568 };
const STRANGER = { uid: 4711, gid: 4711 };

interface Place {
  readonly appliance: string;
  readonly path: string;
  readonly spec: DatasetYaml;
}

/** Every dataset that the YAML of a site declares on a host that is there. */
function places(site: SiteYaml): Place[] {
  return Object.entries(site.appliances)
    .filter(([, { host }]) => site.hosts[host]?.state === "online")
    .flatMap(([appliance, { pools }]) =>
      Object.entries(pools).flatMap(([pool, { datasets = {} }]) =>
        Object.entries(datasets).map(([name, spec]) => ({ appliance, path: `/mnt/${pool}/${name}`, spec })),
      ),
    );
}

/** An address in a network of the site, e.g. 10.10.10.77. */
function addressIn(site: SiteYaml, network: string): string {
  return (site.networks[network]?.cidr ?? "").replace(/\.0\/24$/, ".77");
}

function otherNetworks(site: SiteYaml, networks: readonly string[]): string[] {
  return Object.keys(site.networks).filter((network) => !networks.includes(network));
}

/** What an attempt comes to: its result, or the error that the consumer sees. */
function attempt<T>(deed: () => T): T | string {
  try {
    return deed();
  } catch (error) {
    if (error instanceof ConsumerError) return error.errno;
    throw error;
  }
}

for (const stack of ["prod", "dev"]) {
  const site = siteOf(stack);
  const exported = places(site).filter(({ spec }) => spec.access?.nfs);
  const shared = places(site).filter(({ spec }) => spec.access?.smb);
  const guarded = places(site).filter(({ spec }) => spec.permissions);

  underEveryEngine(`the shares of ${stack}`, (engine) => {
    let world: World;
    beforeAll(async () => {
      world = new World(engine);
      await world.settle(site);
    });
    afterAll(() => world.close());

    const nfs = ({ appliance, path }: Place, address: string, who = STRANGER) =>
      world.appliance(appliance).client({ protocol: "nfs", path, address, ...who });
    const smb = ({ appliance, spec }: Place, address: string, user = "alice") =>
      world.appliance(appliance).client({ protocol: "smb", share: spec.access?.smb?.name ?? "", address, user });

    test("there are as many as the site declares", async () => {
      const rows = async (method: string) => {
        const labels = [...new Set(places(site).map(({ appliance }) => appliance))];
        const answers = await Promise.all(labels.map((label) => world.appliance(label).call(method)));
        return (answers.flat() as { path: string }[]).map(({ path }) => path).sort();
      };
      expect(await rows("sharing.nfs.query")).toEqual(exported.map(({ path }) => path).sort());
      expect(await rows("sharing.smb.query")).toEqual(shared.map(({ path }) => path).sort());
    });

    describe.each(exported.map((place) => ({ ...place, title: place.path })))("NFS $title", (place) => {
      const { networks = [], as, readOnly } = place.spec.access?.nfs ?? {};
      const uid = ACCOUNTS[as?.user ?? ""];

      test(readOnly ? "its consumers read and do not write" : "its consumers write, as the identity declared", () => {
        for (const network of networks) {
          const client = nfs(place, addressIn(site, network));
          const effective = { uid, gid: ACCOUNTS[as?.group ?? ""] };
          expect(attempt(() => client.write(MEGABYTE))).toEqual(readOnly ? "EROFS" : effective);
          expect(attempt(() => client.read())).toBe(readOnly ? 0 : MEGABYTE);
        }
      });

      test("no other network reaches it", () => {
        for (const network of otherNetworks(site, networks)) {
          expect(
            attempt(() => nfs(place, addressIn(site, network)).read()),
            network,
          ).toBe("EACCES");
        }
      });
    });

    describe.each(shared.map((place) => ({ ...place, title: place.spec.access?.smb?.name })))("SMB $title", (place) => {
      const { networks = [], readOnly } = place.spec.access?.smb ?? {};

      test(readOnly ? "people read and do not write" : "people write", () => {
        for (const network of networks) {
          const client = smb(place, addressIn(site, network));
          expect(typeof attempt(() => client.write(MEGABYTE))).toBe(readOnly ? "string" : "object");
          expect(attempt(() => client.read())).toBe(readOnly ? 0 : MEGABYTE);
        }
      });

      test("no other network reaches it", () => {
        for (const network of otherNetworks(site, networks)) {
          expect(
            attempt(() => smb(place, addressIn(site, network)).read()),
            network,
          ).toBe("EACCES");
        }
      });
    });

    test.each(guarded.map((place) => ({ ...place, title: place.path })))(
      "nobody else reads or writes $title, even through an export that somebody opens",
      async (place) => {
        const appliance = world.appliance(place.appliance);
        const opened = { path: place.path, networks: ["203.0.113.0/24"] };
        const { id } = (await appliance.call("sharing.nfs.create", opened)) as { id: number };

        const client = nfs(place, "203.0.113.7");
        expect(attempt(() => client.write(MEGABYTE))).toBe("EACCES");
        expect(attempt(() => client.read())).toBe("EACCES");
        await appliance.call("sharing.nfs.delete", id);
      },
    );
  });
}
