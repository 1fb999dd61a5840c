import { describe, expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../lab/truenas/index.ts";
import { ENGINES } from "../support/world.ts";
import { errors, Storage } from "./support/storage.ts";
import { expectComplete, PLAN } from "./support/storage-plan.ts";

/** Writes that do not travel together, so that each is struck once: what is lost twice is given up with advice. */
const WRITES = ["pool.create", "sharing.nfs.create"] as const;

/** What goes wrong in one `up`, and what it says of one object; without a message the run goes on all the same. */
interface Fault {
  readonly title: string;
  readonly strike: (appliance: SimulatedTrueNas) => unknown;
  readonly says?: RegExp;
  /** Nothing may have been sent. */
  readonly untouched?: true;
}

const FAULTS: readonly Fault[] = [
  {
    title: "wrong host key",
    strike: ({ faults }) => faults.wrongHostKey({ times: 99 }),
    says: /^din: the host key of 127\.0\.0\.1:\d+ is not the pinned one: .*Nothing was sent$/,
    untouched: true,
  },
  {
    title: "refused login",
    strike: ({ faults }) => faults.refuseLogin({ times: 99 }),
    says: /^din: root@127\.0\.0\.1:\d+ refused the private key; add its public half to that user's authorized keys on the appliance, or correct user and privateKey$/,
    untouched: true,
  },
  {
    title: "host down",
    strike: ({ faults }) => faults.hostDown(),
    says: /^din: 127\.0\.0\.1:\d+ cannot be reached \(.*ECONNREFUSED.*\); check that the appliance is up and that SSH runs, and run again$/,
    untouched: true,
  },
  {
    title: "an object in use",
    strike: ({ faults }) => faults.errorOn({ method: "sharing.nfs.create", text: "[EBUSY] in use", times: 99 }),
    says: /^din: sharing\.nfs\.create was refused because something uses it: in use \(5 attempts\); end that use and run again$/,
  },
  {
    title: "one bad item",
    strike: ({ faults }) =>
      faults.errorOn({
        method: "sharing.smb.create",
        text: "[EFAULT] no luck",
        match: ([share]) => (share as { name: string }).name === "b",
      }),
    says: /^din: sharing\.smb\.create failed: no luck$/,
  },
  {
    title: "full pool",
    strike: ({ faults }) => faults.errorOn({ method: "pool.dataset.create", text: "[ENOSPC] out of space", times: 99 }),
    says: /^din: pool\.dataset\.create failed for lack of space: out of space; free space or lower the reservation, and run again$/,
  },
  {
    title: "slow calls past the timeout",
    strike: ({ faults }) => {
      for (const method of WRITES) faults.slowCall({ method, ms: 2500 });
    },
  },
  {
    title: "noise on stderr, and replies that are not JSON",
    strike: ({ faults }) => {
      faults.stderrNoise({ times: 99 });
      for (const method of WRITES) faults.replyNotJson({ method });
    },
  },
  {
    title: "a middleware that restarts after writes",
    strike: ({ faults }) => {
      for (const method of WRITES) faults.restartMiddleware({ method });
    },
  },
];

describe.each(ENGINES)("under the %s engine", (engine) => {
  test.each(FAULTS)("$title: up says so, and the next run finishes", { timeout: 240_000 }, async (fault) => {
    const storage = await Storage.open(engine);
    await fault.strike(storage.appliance);

    const run = await storage.stack(PLAN, { TRUENAS_CALL_TIMEOUT: "2" }).up({ skipPreview: true });

    const said = errors(run);
    expect(run.ok, said.join("\n")).toBe(fault.says === undefined);
    if (fault.says) for (const message of new Set(said)) expect(message).toMatch(fault.says);
    expect(said.length > 0).toBe(fault.says !== undefined);
    if (fault.untouched) expect(storage.appliance.counters.middlewareCalls).toBe(0);
    await expectComplete(storage);
  });

  test("an unknown version of TrueNAS is left alone", { timeout: 240_000 }, async () => {
    const storage = await Storage.open(engine, { version: "26.0.0" });

    const run = await storage.stack(PLAN).up({ skipPreview: true });

    expect([...new Set(errors(run))]).toEqual([
      'din: managing this appliance is not possible there: it runs TrueNAS "26.0.0", and this provider knows 25.04 and 25.10; nothing was changed. Use one of these, or a provider that knows it',
    ]);
    expect(storage.appliance.counters.writes).toBe(0);
  });
});
