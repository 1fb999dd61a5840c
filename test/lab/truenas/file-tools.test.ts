import { expect, test } from "vitest";
import { anAppliance } from "./support/appliance.ts";
import { connect } from "./support/ssh.ts";

test("ls shows snapshots and files, the newest first with -t, and cp -a brings a folder back from a snapshot", async () => {
  const nas = await anAppliance();
  await nas.call("pool.dataset.create", { name: "tank/photos" });
  nas.console.write("/mnt/tank/photos/summer/sea.jpg", "waves");
  for (const name of ["a-first", "b-second"]) {
    await nas.clock.advance(1000);
    await nas.call("pool.snapshot.create", { dataset: "tank/photos", name });
  }
  nas.console.remove("/mnt/tank/photos/summer/sea.jpg");
  nas.console.write("/mnt/tank/photos/cat.jpg", "meow");
  const shell = await connect(nas);

  expect((await shell.run("ls -t /mnt/tank/photos/.zfs/snapshot/")).stdout).toBe("b-second\na-first\n");
  expect((await shell.run("ls -l /mnt/tank/photos/.zfs/snapshot/a-first")).stdout).toMatch(/^drwx.* 5 .* summer\n$/);
  expect(await shell.run("cp -a /mnt/tank/photos/.zfs/snapshot/a-first/summer /mnt/tank/photos/")).toEqual({
    stdout: "",
    stderr: "",
    exit: 0,
  });
  expect(nas.console.read("/mnt/tank/photos/summer/sea.jpg")).toBe("waves");
  expect((await shell.run("ls /mnt/tank/photos")).stdout).toBe("cat.jpg\nsummer\n");
  expect(await shell.run("ls /mnt/tank/none")).toEqual({
    stdout: "",
    stderr: "ls: cannot access '/mnt/tank/none': No such file or directory\n",
    exit: 2,
  });
});

test("neither goes where its user may not", async () => {
  const nas = await anAppliance();
  await nas.call("pool.dataset.create", { name: "tank/photos" });
  await nas.call("filesystem.setperm", { path: "/mnt/tank/photos", mode: "770" });
  const shell = await connect(nas, { username: "truenas_admin" });

  expect((await shell.run("ls /mnt/tank/photos")).stderr).toBe(
    "ls: cannot access '/mnt/tank/photos': Permission denied\n",
  );
  expect((await shell.run("sudo -n ls /mnt/tank/photos")).stderr).toBe("sudo: a password is required\n");
});
