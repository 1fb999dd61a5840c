import { describe, expect, test } from "vitest";
import { anAppliance } from "./support/appliance.ts";
import { connect, quoted, sharedShell } from "./support/ssh.ts";

const shared = sharedShell();

describe("what a result looks like", () => {
  test("booleans are Python's, strings bare, null is null, numbers plain", async () => {
    const shell = shared();

    expect((await shell.run("midclt call system.ready")).stdout).toBe("True\n");
    expect((await shell.run("midclt call service.started nfs")).stdout).toBe("False\n");
    expect((await shell.run("midclt call system.version")).stdout).toBe("TrueNAS-25.10.6\n");
    expect((await shell.run("midclt call pool.snapshottask.max_count")).stdout).toBe("512\n");
    expect((await shell.job("filesystem.setperm", { path: "/mnt/tank", mode: "700" })).stdout).toBe("");
  });

  test("objects are one line of JSON as Python writes it", async () => {
    const nas = await anAppliance();
    await nas.call("pool.dataset.create", { name: "tank/a", comments: 'Fotos "für" 📷' });
    const shell = await connect(nas);

    const { stdout } = await shell.call("pool.dataset.query", [["id", "=", "tank/a"]], {
      select: ["id", ["user_properties.comments.rawvalue", "comments"], ["quota.parsed", "quota"]],
    });

    expect(stdout).toBe('[{"id": "tank/a", "comments": "Fotos \\"f\\u00fcr\\" \\ud83d\\udcf7", "quota": null}]\n');
  });

  test("floats keep their fraction", async () => {
    const shell = shared();

    const { stdout } = await shell.run(`midclt call system.info`);

    expect(stdout).toContain('"loadavg": [0.1, 0.1, 0.1]');
  });
});

describe("how arguments are read", () => {
  test("JSON where it parses, the text itself where it does not", async () => {
    const shell = shared();

    expect((await shell.run("midclt call pool.dataset.get_instance tank/none")).stderr).toBe(
      "[ENOENT] ALL: PoolDataset tank/none does not exist\n",
    );
    expect((await shell.run("midclt call pool.dataset.get_instance 123")).stderr).toBe(
      "[EINVAL] id: Input should be a valid string\n",
    );
    expect((await shell.run("midclt call pool.get_instance 5.0")).stderr).toBe(
      "[EINVAL] id: Input should be a valid integer\n",
    );
    expect((await shell.run("midclt call pool.get_instance -1")).stderr).toBe("[ENOENT] ALL: Pool -1 does not exist\n");
    expect((await shell.run("midclt call core.ping 1 2")).stderr).toBe(
      "[EINVAL] ALL: Too many arguments (expected 0, found 2)\n",
    );
  });
});

describe("what a failure looks like", () => {
  test("validation errors are one line each, without a traceback", async () => {
    const shell = shared();

    const result = await shell.call("pool.scrub.create", { pool: "tank", threshold: -1, colour: "red" });

    expect(result).toEqual({
      stdout: "",
      stderr:
        "[EINVAL] data.pool: Input should be a valid integer\n" +
        "[EINVAL] data.threshold: Input should be greater than or equal to 0\n" +
        "[EINVAL] data.colour: Extra inputs are not permitted\n",
      exit: 1,
    });
  });

  test("a call error is its reason, then a traceback", async () => {
    const nas = await anAppliance();
    await nas.call("pool.dataset.create", { name: "tank/a/b", create_ancestors: true });
    const shell = await connect(nas);

    const { stderr, exit } = await shell.call("pool.dataset.delete", "tank/a");

    const reason = "[ENOTEMPTY] Failed to delete dataset: cannot destroy 'tank/a': filesystem has children";
    expect(stderr.split("\n")[0]).toBe(reason);
    expect(stderr.split("\n")[1]).toBe("Traceback (most recent call last):");
    expect(stderr).toContain(`middlewared.service_exception.CallError: ${reason}\n`);
    expect(exit).toBe(1);
  });

  test("an unknown method, a missing match, and silence on request", async () => {
    const shell = shared();

    expect(await shell.run("midclt call smart.test.query")).toEqual({
      stdout: "",
      stderr: "Method does not exist\n",
      exit: 1,
    });
    const missing = await shell.call("pool.query", [["name", "=", "none"]], { get: true });
    expect(missing.stderr.split("\n").slice(0, 2)).toEqual(["MatchNotFound()", "Traceback (most recent call last):"]);
    expect(await shell.run("midclt call -q smart.test.query")).toEqual({ stdout: "", stderr: "", exit: 1 });
  });

  test("a message beyond 64 KiB closes the socket", async () => {
    const shell = shared();
    const items = Array.from({ length: 60 }, (_unused, index) => [
      { name: `tank/d${index}`, comments: "x".repeat(1000) },
    ]);

    const over = await shell.job("core.bulk", "pool.dataset.create", [...items, ...items]);
    const under = await shell.job("core.bulk", "pool.dataset.create", items);

    expect(over.stdout).toBe("");
    expect(over.stderr).toContain("WebSocket connection closed with code=1009, reason='Max message length is 64 kB'\n");
    expect(over.exit).toBe(1);
    expect(under.exit).toBe(0);
  });

  test("a user without privileges reaches the middleware through sudo only", async () => {
    const shell = await connect(await anAppliance({ users: ["pulumi"] }), { username: "pulumi" });

    const bare = await shell.run("midclt call system.version");
    expect(bare.stderr.split("\n")[0]).toBe("[ENOTAUTHENTICATED] Not authenticated");
    expect(bare.exit).toBe(1);
    expect((await shell.run("sudo -n midclt call system.version")).stdout).toBe("TrueNAS-25.10.6\n");
  });

  test("a password login prints its failure on stdout and exits 0", async () => {
    const shell = shared();

    const result = await shell.run("midclt -U root -P wrong call core.ping");

    expect(result).toEqual({ stdout: "Failed to login:  Invalid username or password\n", stderr: "", exit: 0 });
  });
});

describe("jobs", () => {
  test("without -j the number is printed at once, even when the job fails", async () => {
    const shell = shared();

    const started = await shell.call("filesystem.setperm", { path: "/mnt/none", mode: "700" });
    const waited = await shell.job("core.job_wait", Number(started.stdout));

    expect(started).toEqual({ stdout: expect.stringMatching(/^\d+\n$/), stderr: "", exit: 0 });
    expect(waited.stderr.split("\n")[0]).toBe("[EFAULT] [ENOENT] Path /mnt/none not found");
    expect(waited.exit).toBe(1);
  });

  test("with -j the result is printed, and progress goes to stderr", async () => {
    const shell = await connect(await anAppliance({}, { bare: true }));
    const pool = { name: "tank", topology: { data: [{ type: "MIRROR", disks: ["sda", "sdb"] }] } };

    const { stdout, stderr, exit } = await shell.job("pool.create", pool);

    expect(JSON.parse(stdout)).toMatchObject({ id: 1, name: "tank", status: "ONLINE" });
    expect(stderr).toBe("Creating ZFS Pool\nSetting pool options\n");
    expect(exit).toBe(0);
  });

  test("the progress bar repaints itself on stderr only", async () => {
    const nas = await anAppliance();
    await nas.call("pool.dataset.create", { name: "tank/a" });
    const shell = await connect(nas);

    const { stdout, stderr } = await shell.run(
      `midclt call -j filesystem.setperm ${quoted({ path: "/mnt/tank/a", mode: "700" })}`,
    );

    const bar = "Total Progress: [########################################] 100.00%";
    const wipe = "\u001b[2K\u001b[A\u001b[2K\r";
    expect(stdout).toBe("null\n");
    expect(stderr).toBe(`\n${wipe}Status: (none)\n${bar}${wipe}Status: (none)\n${bar}\n`);
  });

  test("a job's validation errors are printed like any other", async () => {
    const shell = shared();

    const result = await shell.job("filesystem.setperm", { path: "/mnt/tank", mode: "700" });

    expect(result).toEqual({
      stdout: "",
      stderr: '[EINVAL] filesystem.setperm.path: The specified path is a ZFS pool mountpoint "(/mnt/tank)" \n',
      exit: 1,
    });
  });

  test("-j on a method that is no job waits for ever, or dies of a list", async () => {
    const nas = await anAppliance();
    const shell = await connect(nas);

    const list = await shell.job("pool.query");
    const stuck = shell.job("system.ready");
    while (nas.counters.middlewareCalls < 2) await shell.run("midclt ping");
    nas.faults.restartMiddleware();

    expect(list).toEqual({
      stdout: "",
      stderr: "Traceback (most recent call last):\nTypeError: unhashable type: 'list'\n",
      exit: 1,
    });
    expect((await stuck).stderr).toBe("WebSocket connection closed with code=1006, reason=None\n");
  });

  test("a job goes on when its client is gone, and can be found again", async () => {
    const nas = await anAppliance();
    await nas.call("pool.dataset.create", { name: "tank/a" });
    nas.faults.dropConnection({ when: "after", method: "filesystem.setperm" });
    const first = await connect(nas);

    const cut = await first.job("filesystem.setperm", { path: "/mnt/tank/a", mode: "750" });
    const second = await connect(nas);
    const { stdout } = await second.call("core.get_jobs", [["method", "=", "filesystem.setperm"]], {
      select: ["method", "state", "error"],
    });

    expect(cut.exit).toBeUndefined();
    expect(JSON.parse(stdout)).toEqual([{ method: "filesystem.setperm", state: "SUCCESS", error: null }]);
  });
});

describe("time", () => {
  test("a slow call ends the client's patience, not the call", async () => {
    const nas = await anAppliance();
    nas.faults.slowCall({ method: "pool.dataset.create", ms: 1200, effect: "last" });
    const shell = await connect(nas);

    const late = await shell.run(`midclt -t 1 call pool.dataset.create ${quoted({ name: "tank/a" })}`);
    const before = await nas.call("pool.dataset.query", [["id", "=", "tank/a"]], { count: true });
    await expect.poll(() => nas.call("pool.dataset.query", [["id", "=", "tank/a"]], { count: true })).toBe(1);

    expect(late).toEqual({ stdout: "", stderr: "Call timeout\n", exit: 1 });
    expect(before).toBe(0);
  });
});
