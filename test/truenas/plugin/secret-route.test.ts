import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refusal, secret, type Values } from "../support/plugin.ts";
import { HOST, Site } from "../support/site.ts";

const HUSH = "hush-7d1f-hush";
let site: Site;

beforeEach(async () => {
  site = await Site.start({ users: ["pulumi"] }, { TRUENAS_CALL_TIMEOUT: "1" });
  await site.makePool("tank");
});
afterEach(async () => {
  await site.stop();
});

const create = (name: string, more: Values = { comments: secret(HUSH) }) =>
  site.plugin.create("Dataset", name, { name: `tank/${name}`, ...more });
const commentOf = async (name: string) => {
  const [row] = (await site.appliance.call("pool.dataset.query", [["id", "=", `tank/${name}`]])) as {
    user_properties: { comments?: { rawvalue: string } };
  }[];
  return row?.user_properties.comments?.rawvalue;
};
const python = () => site.appliance.processes.filter((line) => line.includes("python3")).length;

/** From here on the provider logs in as somebody whom sudo lets run a few commands. */
async function asPulumi(config: Values = {}): Promise<void> {
  const { host, port, hostKey, privateKeyFile } = site.appliance.endpoint;
  const endpoint = { host, port, user: "pulumi", hostKey, privateKeyFile };
  writeFileSync(join(site.directory, "endpoints.json"), JSON.stringify({ [HOST]: endpoint }));
  await site.nextPhase({ sudo: true, ...config });
}

describe("a call that carries a secret", () => {
  test("is seen by nobody who looks at the processes, the jobs or the journal", async () => {
    const { outputs } = await create("a");
    await Promise.all(["b", "c"].map((name) => create(name, { comments: "plain" })));

    expect(outputs["comments"]).toEqual(secret(HUSH));
    expect(await commentOf("a")).toBe(HUSH);
    expect(python()).toBe(1);
    expect(site.appliance.processes.join()).not.toContain(HUSH);
    expect(JSON.stringify(await site.appliance.call("core.get_jobs"))).not.toContain(HUSH);
    const [made] = site.journal().filter(({ method }) => method === "pool.dataset.create");
    expect(made).toMatchObject({ params: [{ name: "tank/a", comments: "[secret]" }], result: { id: "tank/a" } });
    expect(JSON.stringify(site.journal())).not.toContain(HUSH);
  });

  test("fails in the same words as any other", async () => {
    for (const text of ["[EFAULT] Failed: out of space", "[EACCES] Not authorized", "[ENOENT] tank", "KeyError('x')"]) {
      site.appliance.faults.errorOn({ method: "pool.dataset.create", text, times: 2 });
      const plain = await refusal(create("a", { comments: "plain" }));

      expect(await refusal(create("a"))).toBe(plain);
    }
  });

  test("is refused by the middleware attribute by attribute, in the same words, without the secret", async () => {
    const wrong = { quotaWarning: 150, refquota: 3 };
    const plain = await refusal(create("a", { comments: "plain", ...wrong }));

    expect(plain).toContain("data.PoolDatasetCreateFilesystem.refquota");
    expect(await refusal(create("a", { comments: secret(HUSH), ...wrong }))).toBe(plain);
    expect(await refusal(create(`no${HUSH}/b`))).not.toContain(HUSH);
  });

  test("is made once although its answer, or the connection before it, was lost", async () => {
    site.appliance.faults.dropConnection({ when: "after", method: "pool.dataset.create" });
    await create("a");
    site.appliance.faults.dropConnection({ when: "before", method: "pool.dataset.create" });
    await create("b");
    site.appliance.faults.callTimeout({ method: "pool.dataset.create" });
    await create("c");
    site.appliance.faults.daemonDown();
    await create("d");

    expect(await Promise.all(["a", "b", "c", "d"].map(commentOf))).toEqual([HUSH, HUSH, HUSH, HUSH]);
    expect(JSON.stringify(site.journal())).not.toContain(HUSH);
  });

  test("whose answer makes no sense is looked after, and tells nothing of it", async () => {
    site.appliance.faults.replyNotJson({ method: "pool.dataset.update", text: `${HUSH}\n`, times: 2 });
    const oldInputs = { name: "tank/a" };
    const { id, outputs } = await create("a", {});
    const news = { ...oldInputs, comments: secret(HUSH), compression: "ZSTD", copies: 2 };

    await site.plugin.update("Dataset", { id, oldInputs, oldOutputs: outputs, news });

    expect(await commentOf("a")).toBe(HUSH);
    expect(JSON.stringify(site.journal())).not.toContain(HUSH);
  });
});

describe("where sudo lets the account run midclt only", () => {
  test("the write is refused with what to add, and goes on once that is there", async () => {
    await asPulumi();
    await create("plain", { comments: "plain" });

    expect(await refusal(create("a"))).toBe(
      "din: pool.dataset.create was not sent, because it carries a secret: the python3 that reads it from standard input " +
        "is not permitted (sudo: a password is required); let pulumi run it with the sudoers line " +
        '"pulumi ALL=(ALL) NOPASSWD: /usr/bin/midclt, /usr/bin/python3", or state secrets: argv (ssh.secrets in the ' +
        "site, with a waiver), which shows it in the process list",
    );
    expect(await commentOf("a")).toBeUndefined();

    await site.appliance.call("user.create", {
      username: "pulumi",
      full_name: "Pulumi",
      group_create: true,
      password_disabled: true,
      smb: false,
      sudo_commands_nopasswd: ["/usr/bin/midclt", "/usr/bin/python3"],
    });
    await create("a");
    expect(await commentOf("a")).toBe(HUSH);
    expect(site.appliance.processes.join()).not.toContain(HUSH);
  });

  test("it travels in arguments when that is accepted, and still not among jobs", async () => {
    await asPulumi({ secrets: "argv" });

    await Promise.all([create("a"), create("b", { comments: "plain" })]);

    expect(await commentOf("a")).toBe(HUSH);
    expect(python()).toBe(0);
    expect(site.appliance.processes.join()).toContain(HUSH);
    expect(JSON.stringify(await site.appliance.call("core.get_jobs"))).not.toContain(HUSH);
    expect(JSON.stringify(site.journal())).not.toContain(HUSH);
  });
});
