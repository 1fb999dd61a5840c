import { describe, expect, test } from "vitest";
import { anAppliance, refusal } from "./support/appliance.ts";

/** A namespace of rows: what create fills in, and what is refused, in the middleware's words. */
interface Rows {
  readonly namespace: string;
  readonly create: Readonly<Record<string, unknown>>;
  readonly row: Readonly<Record<string, unknown>>;
  /** What `update` and `delete` of a row say that is not there. */
  readonly missing: readonly [update: string, remove: string | undefined];
  readonly refused: readonly (readonly [change: Readonly<Record<string, unknown>>, error: string])[];
}

const none = (noun: string): Rows["missing"] => [
  `[ENOENT] None: ${noun} 7 does not exist`,
  `[ENOENT] None: ${noun} 7 does not exist`,
];

const GRAPHITE = { exporter_type: "GRAPHITE", destination_ip: "10.0.0.9", destination_port: 2003, namespace: "din" };

const rows: readonly Rows[] = [
  {
    namespace: "cronjob",
    create: { command: "true", user: "root" },
    row: {
      id: 1,
      enabled: true,
      stderr: false,
      stdout: true,
      schedule: { minute: "00", hour: "*", dom: "*", month: "*", dow: "*" },
      command: "true",
      description: "",
      user: "root",
    },
    missing: ["", undefined],
    refused: [
      [{ user: "two words" }, "[EINVAL] cron_job_create.user: Usernames cannot have spaces\n"],
      [{ user: "nobody-here" }, "[EINVAL] cron_job_create.user: Specified user does not exist\n"],
      [{ command: "" }, "[EINVAL] cron_job_create.command: Please specify a command for cronjob task.\n"],
      [{ hidden: true }, "[EINVAL] data.hidden: Extra inputs are not permitted\n"],
    ],
  },
  {
    namespace: "initshutdownscript",
    create: { type: "COMMAND", command: "true", when: "PREINIT" },
    row: {
      id: 1,
      type: "COMMAND",
      command: "true",
      script: "",
      when: "PREINIT",
      enabled: true,
      timeout: 10,
      comment: "",
    },
    missing: none("InitShutdownScript"),
    refused: [
      [{ command: "" }, "[EINVAL] init_shutdown_script_create.command: This field is required\n"],
      [{ type: "SCRIPT" }, "[EINVAL] init_shutdown_script_create.script: This field is required\n"],
      [
        { type: "SCRIPT", script: "/root/none" },
        "[ENOENT] init_shutdown_script_create.script: Path /root/none not found\n",
      ],
      [
        { type: "SCRIPT", script: "/mnt/tank" },
        '[EINVAL] init_shutdown_script_create.script: Script must be a regular file not {obj["type"]!r}\n',
      ],
      [{ when: "LATER" }, "[EINVAL] data.when: Input should be 'PREINIT', 'POSTINIT' or 'SHUTDOWN'\n"],
    ],
  },
  {
    namespace: "staticroute",
    create: { destination: "10.20.0.0/16", gateway: "10.10.10.1" },
    row: { id: 1, destination: "10.20.0.0/16", gateway: "10.10.10.1", description: "" },
    missing: none("StaticRoute"),
    refused: [
      [
        { gateway: "fd00::1" },
        "[EINVAL] staticroute_create.destination: Destination and gateway address families must match\n",
      ],
      [{ destination: "home" }, "'str' object has no attribute 'version'"],
      [{ gateway: "" }, "[EINVAL] data.gateway: String should have at least 1 character\n"],
    ],
  },
  {
    namespace: "reporting.exporters",
    create: { name: "graphite", enabled: true, attributes: GRAPHITE },
    row: {
      id: 1,
      name: "graphite",
      enabled: true,
      attributes: {
        ...GRAPHITE,
        prefix: "scale",
        update_every: 1,
        buffer_on_failures: 10,
        send_names_instead_of_ids: true,
        matching_charts: "*",
      },
    },
    missing: none("ReportingExports"),
    refused: [
      [{ enabled: undefined }, "[EINVAL] reporting_exporter_create.enabled: Input should be a valid boolean\n"],
      [
        { attributes: { ...GRAPHITE, namespace: "" } },
        "[EINVAL] reporting_exporter_create.attributes.namespace: String should have at least 1 character\n",
      ],
    ],
  },
];

describe.each(rows)("$namespace", ({ namespace, create, row, missing, refused }) => {
  test("fills in what is not said, changes what is sent, and forgets what is deleted", async () => {
    const nas = await anAppliance();

    expect(await nas.call(`${namespace}.create`, create)).toEqual(row);
    expect(await nas.call(`${namespace}.update`, row["id"], {})).toEqual(row);
    expect(await nas.call(`${namespace}.query`, [["id", "=", row["id"]]])).toEqual([row]);
    expect(await nas.call(`${namespace}.get_instance`, row["id"])).toEqual(row);
    expect(await nas.call(`${namespace}.delete`, row["id"])).toBe(true);
    expect(await nas.call(`${namespace}.query`, [["id", "=", row["id"]]])).toEqual([]);
    expect(await refusal(nas, `${namespace}.update`, 7, {})).toBe(missing[0]);
    if (missing[1] === undefined) expect(await nas.call(`${namespace}.delete`, 7)).toBe(true);
    else expect(await refusal(nas, `${namespace}.delete`, 7)).toBe(missing[1]);
  });

  test("refuses", async () => {
    const nas = await anAppliance();

    for (const [change, error] of refused)
      expect(await refusal(nas, `${namespace}.create`, { ...create, ...change })).toBe(error);
  });
});

test("reporting.exporters takes each name once", async () => {
  const nas = await anAppliance({}, { bare: true });
  const exporter = { name: "graphite", enabled: true, attributes: GRAPHITE };
  await nas.call("reporting.exporters.create", exporter);

  expect(await refusal(nas, "reporting.exporters.create", exporter)).toBe(
    "[EINVAL] reporting_exporter_create.name: Specified name is already in use\n",
  );
  expect(await nas.call("reporting.exporters.update", 1, { name: "graphite", enabled: false })).toMatchObject({
    enabled: false,
  });
});
