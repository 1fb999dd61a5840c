import { describe, expect, test } from "vitest";
import { GIB, HOUR, Pair, snapshotsOf, tree } from "./support/pair.ts";

type Values = Readonly<Record<string, unknown>>;

describe("a replication that fails says why, and the next run repairs it", () => {
  /** One hour later: how the replication stands, and what of din's snapshots is on grogu. */
  async function story(strike: (pair: Pair) => unknown, heal: (pair: Pair) => unknown, version?: string) {
    const pair = await Pair.start(version === undefined ? {} : { version });
    await tree(pair);
    pair.din.console.write("/mnt/fast/data/a/big.bin", "big", 200 * GIB);
    const task = await pair.snapshots({ dataset: "fast/data" });
    const id = await pair.replication({ periodic_snapshot_tasks: [task] });
    await pair.world.advance(HOUR);
    pair.din.console.write("/mnt/fast/data/a/more.bin", "more", 100 * GIB);

    await strike(pair);
    await pair.world.advance(HOUR);
    const { state, error } = await pair.state(id);
    const missing = (await snapshotsOf(pair.grogu, "backup/data/a").catch(() => [])).length;
    await heal(pair);
    await pair.world.advance(HOUR);
    expect(await pair.state(id)).toMatchObject({ state: "FINISHED" });
    expect(pair.grogu.console.checksums("/mnt/backup/data")).toEqual(pair.din.console.checksums("/mnt/fast/data"));
    expect(await snapshotsOf(pair.grogu, "backup/data/a")).toEqual(await snapshotsOf(pair.din, "fast/data/a"));
    const wholes = pair.din.transfers.filter(({ from, snapshot }) => from === null && snapshot.includes("/a@"));
    expect(wholes).toHaveLength(1);
    return { state, error, copies: missing };
  }

  const user = (change: Values) => (pair: Pair) => pair.grogu.call("user.update", pair.user, change);
  const keyOf = async (pair: Pair) =>
    String(((await pair.grogu.call("user.get_instance", pair.user)) as Values)["sshpubkey"]);

  const control = (verb: "START" | "STOP") => (pair: Pair) => pair.grogu.call("service.control", verb, "ssh");
  const busy = (is: boolean) => (pair: Pair) => pair.grogu.faults.busyDataset("backup/data/a", is);
  const UNREACHABLE = "Unable to connect to port 22 on 10.10.10.21.";
  const PASSWORD =
    "sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required.";
  const strikes: readonly {
    readonly when: string;
    readonly strike: (pair: Pair) => unknown;
    readonly heal: (pair: Pair) => unknown;
    readonly error: string;
  }[] = [
    {
      when: "the other side is off",
      strike: ({ world }) => world.powerOff("grogu"),
      heal: ({ world }) => world.powerOn("grogu"),
      error: UNREACHABLE,
    },
    { when: "its SSH service is off", strike: control("STOP"), heal: control("START"), error: UNREACHABLE },
    {
      when: "the user is locked",
      strike: user({ locked: true }),
      heal: user({ locked: false }),
      error: "Authentication failed.",
    },
    {
      when: "sudo is missing",
      strike: user({ sudo_commands_nopasswd: [] }),
      heal: user({ sudo_commands_nopasswd: ["/usr/sbin/zfs"] }),
      error: PASSWORD,
    },
    {
      when: "the user has no shell",
      strike: user({ shell: "/usr/sbin/nologin" }),
      heal: user({ shell: "/usr/bin/sh" }),
      error: "This account is currently not available.",
    },
    {
      when: "the target is busy",
      strike: busy(true),
      heal: busy(false),
      error: "cannot receive incremental stream: dataset is busy.",
    },
  ];

  test.each(strikes)("$when", async ({ strike, heal, error }) => {
    expect(await story(strike, heal)).toMatchObject({ state: "ERROR", error });
  });

  test("the key is taken from another address than the one it is limited to", async () => {
    let key = "";
    const limit = async (pair: Pair) => {
      key = await keyOf(pair);
      await user({ sshpubkey: key.replace("10.10.10.20", "10.10.10.99,192.168.0.0/16") })(pair);
    };
    const loosen = (pair: Pair) => user({ sshpubkey: key.replace("10.10.10.20", "10.10.10.*") })(pair);

    expect(await story(limit, loosen)).toMatchObject({ state: "ERROR", error: "Authentication failed." });
  });

  test("the host key is another one", async () => {
    const strike = (pair: Pair) => pair.grogu.faults.foreignHostKey();

    const { state, error } = await story(strike, (pair) => pair.grogu.faults.clear());

    expect(state).toBe("ERROR");
    expect(error).toMatch(/^Host key for server '10.10.10.21' does not match: got 'AAAA\S+', expected 'AAAA\S+'\.$/);
  });

  test("the target is full, and keeps what arrived until there is room", async () => {
    const strike = (pair: Pair) => pair.grogu.faults.fullPool("backup");

    expect(await story(strike, (pair) => pair.grogu.faults.healPool("backup"))).toEqual({
      state: "ERROR",
      error: "cannot receive incremental stream: out of space.",
      copies: 1,
    });
  });

  test("the transfer breaks off and is taken up where it broke", async () => {
    const pair = await Pair.start();
    const { din, world, grogu } = pair;
    await tree(pair);
    din.console.write("/mnt/fast/data/a/big.bin", "big", 1_000_000);
    const task = await pair.snapshots({ dataset: "fast/data" });
    const id = await pair.replication({ periodic_snapshot_tasks: [task], retries: 2 });

    din.faults.breakTransfer({ fraction: 0.25, dataset: "fast/data/a" });
    await world.advance(HOUR);
    const pieces = () =>
      din.transfers
        .filter(({ snapshot }) => snapshot.startsWith("fast/data/a@"))
        .map(({ bytes, resumed, complete }) => [bytes, resumed, complete]);
    expect(await pair.state(id)).toMatchObject({ state: "FINISHED" });
    expect(pieces()).toEqual([
      [251_024, false, false],
      [753_072, true, true],
    ]);

    din.console.write("/mnt/fast/data/a/more.bin", "more", 1_000_000);
    din.faults.breakTransfer({ fraction: 0.5, dataset: "fast/data/a", times: 2 });
    await world.advance(HOUR);
    expect(await pair.state(id)).toMatchObject({ state: "ERROR", error: "Broken pipe." });
    await world.advance(HOUR);
    expect(await pair.state(id)).toMatchObject({ state: "FINISHED" });
    expect(grogu.console.checksums("/mnt/backup/data")).toEqual(din.console.checksums("/mnt/fast/data"));
    expect(pieces().slice(2, 5)).toEqual([
      [502_048, false, false],
      [251_024, true, false],
      [251_024, true, true],
    ]);
  });

  test("what broke off belongs to a snapshot that is gone: it is given up, and the next one is sent", async () => {
    const pair = await Pair.start();
    const { din, world, grogu } = pair;
    await tree(pair, []);
    din.console.write("/mnt/fast/data/big.bin", "big", 1_000_000);
    const task = await pair.snapshots({ dataset: "fast/data" });
    const id = await pair.replication({ periodic_snapshot_tasks: [task], retries: 1 });
    din.faults.breakTransfer();
    await world.advance(HOUR);
    await din.call("pool.snapshot.delete", "fast/data@hourly-2026-03-01_01-00");

    await world.advance(HOUR);

    expect(await pair.state(id)).toMatchObject({ state: "FINISHED" });
    expect(await snapshotsOf(grogu, "backup/data")).toEqual(["hourly-2026-03-01_02-00"]);
  });

  test("under the older release too", async () => {
    expect(
      await story(
        (pair) => pair.world.powerOff("grogu"),
        (pair) => pair.world.powerOn("grogu"),
        "25.04.2",
      ),
    ).toMatchObject({
      state: "ERROR",
    });
  });
});
