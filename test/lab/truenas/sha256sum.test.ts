import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { anAppliance } from "./support/appliance.ts";
import { connect } from "./support/ssh.ts";

const sum = (text: string) => createHash("sha256").update(text).digest("hex");
const strange = "it's a \\ \n file";

test("sha256sum tells the checksums of files as on any Linux", async () => {
  const nas = await anAppliance();
  await nas.call("pool.dataset.create", { name: "tank/photos" });
  nas.console.write("/mnt/tank/photos/a.jpg", "sunset");
  nas.console.write(`/mnt/tank/photos/${strange}`, "odd");
  await nas.call("pool.snapshot.create", { dataset: "tank/photos", name: "then" });
  nas.console.write("/mnt/tank/photos/a.jpg", "sunrise");
  const shell = await connect(nas);
  const odd = `'/mnt/tank/photos/${strange.replaceAll("'", "'\\''")}'`;

  expect(await shell.run("sha256sum /mnt/tank/photos/a.jpg")).toEqual({
    stdout: `${sum("sunrise")}  /mnt/tank/photos/a.jpg\n`,
    stderr: "",
    exit: 0,
  });
  expect((await shell.run("sudo -n sha256sum -z -- /mnt/tank/photos/.zfs/snapshot/then/a.jpg")).stdout).toBe(
    `${sum("sunset")}  /mnt/tank/photos/.zfs/snapshot/then/a.jpg\0`,
  );
  expect((await shell.run(`sha256sum -z -- ${odd}`)).stdout).toBe(`${sum("odd")}  /mnt/tank/photos/${strange}\0`);
  expect((await shell.run(`sha256sum ${odd}`)).stdout).toBe(`\\${sum("odd")}  /mnt/tank/photos/it's a \\\\ \\n file\n`);
  expect(await shell.run("sha256sum -z -- /mnt/tank/none /mnt/tank/photos /mnt/tank/photos/a.jpg")).toEqual({
    stdout: `${sum("sunrise")}  /mnt/tank/photos/a.jpg\0`,
    stderr: "sha256sum: /mnt/tank/none: No such file or directory\nsha256sum: /mnt/tank/photos: Is a directory\n",
    exit: 1,
  });
  expect((await shell.run("sha256sum --all")).exit).toBe(1);
});

test("sha256sum reads what its user may read, and sudo lets nobody run it who is not allowed", async () => {
  const nas = await anAppliance();
  await nas.call("pool.dataset.create", { name: "tank/photos" });
  nas.console.write("/mnt/tank/photos/a.jpg", "sunset");
  await nas.call("filesystem.setperm", { path: "/mnt/tank/photos", mode: "770" });
  const shell = await connect(nas, { username: "truenas_admin" });

  expect(await shell.run("sha256sum -z -- /mnt/tank/photos/a.jpg")).toEqual({
    stdout: "",
    stderr: "sha256sum: /mnt/tank/photos/a.jpg: Permission denied\n",
    exit: 1,
  });
  expect((await shell.run("sudo -n sha256sum -z -- /mnt/tank/photos/a.jpg")).stderr).toContain(
    "a password is required",
  );
});
