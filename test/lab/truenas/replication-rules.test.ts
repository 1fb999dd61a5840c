import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusal } from "./support/appliance.ts";
import { Pair } from "./support/pair.ts";

type Values = Readonly<Record<string, unknown>>;

const PREFIX = "[EINVAL] replication_create.";
const SENSELESS = "This field has no sense for specified retention policy";
const netcat = { transport: "SSH+NETCAT", netcat_active_side: "LOCAL" };
const pull = { direction: "PULL", naming_schema: ["auto-%Y-%m-%d_%H-%M"], periodic_snapshot_tasks: [] };

/** What is said besides what a good task says, and what is wrong with it. */
const rules: readonly (readonly [Values, ...string[]])[] = [
  [{ name: "taken" }, "name: Object with this name already exists"],
  [{ naming_schema: ["auto-%Y-%m-%d_%H-%M"] }, "naming_schema: This field has no sense for push replication"],
  [
    { periodic_snapshot_tasks: [] },
    'periodic_snapshot_tasks: You must at least either bind a periodic snapshot task or provide "Also Include Naming Schema" or "Name Regex" for push replication task',
  ],
  [
    { periodic_snapshot_tasks: [], also_include_naming_schema: ["x-%s"], auto: true },
    "auto: Push replication that runs automatically must be either bound to a periodic snapshot task or have a schedule",
  ],
  [{ periodic_snapshot_tasks: [1, 99] }, "periodic_snapshot_tasks.1: This snapshot task does not exist"],
  [{ ...pull, auto: true }, "auto: Pull replication that runs automatically must have a schedule"],
  [
    { ...pull, periodic_snapshot_tasks: [1] },
    "periodic_snapshot_tasks: Pull replication can't be bound to a periodic snapshot task",
  ],
  [{ ...pull, naming_schema: [] }, "naming_schema: Naming schema or Name regex are required for pull replication"],
  [
    { ...pull, also_include_naming_schema: ["x-%s"] },
    "also_include_naming_schema: This field has no sense for pull replication",
  ],
  [
    { ...pull, hold_pending_snapshots: true },
    "hold_pending_snapshots: Pull replication tasks can't hold pending snapshots because they don't do source retention",
  ],
  [{ transport: "SSH+NETCAT" }, "netcat_active_side: You must choose active side for SSH+netcat replication"],
  [
    { ...netcat, compression: "LZ4", speed_limit: 1, netcat_active_side_port_min: 9, netcat_active_side_port_max: 8 },
    "netcat_active_side_port_max: Please specify value greater than or equal to netcat_active_side_port_min",
    "compression: Compression is not supported for SSH+netcat replication",
    "speed_limit: Speed limit is not supported for SSH+netcat replication",
  ],
  [
    { netcat_active_side: "LOCAL", netcat_active_side_port_min: 9 },
    "netcat_active_side: This field only has sense for SSH+netcat replication",
    "netcat_active_side_port_min: This field only has sense for SSH+netcat replication",
  ],
  [
    { transport: "LOCAL", compression: "LZ4", speed_limit: 1 },
    "ssh_credentials: Remote credentials have no sense for local replication",
    "compression: Compression has no sense for local replication",
    "speed_limit: Speed limit has no sense for local replication",
  ],
  [{ ssh_credentials: null }, "ssh_credentials: SSH Credentials are required for non-local replication"],
  [{ ssh_credentials: 99 }, "ssh_credentials: [ENOENT] Credential does not exist"],
  [{ ssh_credentials: 1 }, "ssh_credentials: [EINVAL] Credential is not of type SSH_CREDENTIALS"],
  [
    { exclude: [] },
    "exclude: You should exclude 'fast/data/b' as bound periodic snapshot task dataset 'fast/data' does",
  ],
  [
    { recursive: false, exclude: [], source_datasets: ["fast/data/b"] },
    "source_datasets.0: Dataset 'fast/data/b' is excluded by bound periodic snapshot task for dataset 'fast/data'",
  ],
  [{ recursive: false }, "exclude: Excluding child datasets is only supported for recursive replication"],
  [{ exclude: ["fast/data/b", "fast/other"] }, "exclude.1: This dataset is not a child of any of source datasets"],
  [
    { replicate: true, properties: false, retention_policy: "NONE" },
    "exclude: This option is not supported for full filesystem replication",
    "properties: This option is required for full filesystem replication",
    "retention_policy: Only `Same as Source` retention policy can be used for full filesystem replication",
  ],
  [
    { encryption: true },
    "encryption_key: This property is required when remote dataset encryption is enabled",
    "encryption_key_format: This property is required when remote dataset encryption is enabled",
    "encryption_key_location: This property is required when remote dataset encryption is enabled",
  ],
  [{ schedule: {} }, "schedule: You can't have schedule for replication that does not run automatically"],
  [{ only_matching_schedule: true }, "only_matching_schedule: You can't have only-matching-schedule without schedule"],
  [
    { name_regex: "a", retention_policy: "CUSTOM", lifetime_value: 1, lifetime_unit: "DAY" },
    "name_regex: Naming regex can't be used with periodic snapshot tasks",
    "retention_policy: Only `Same as Source` and `None` retention policies can be used with Naming regex",
  ],
  [
    { retention_policy: "CUSTOM" },
    "lifetime_value: This field is required for custom retention policy",
    "lifetime_value: This field is required for custom retention policy",
  ],
  [
    { lifetime_value: 1, lifetime_unit: "DAY", lifetimes: [{ schedule: {}, lifetime_value: 1, lifetime_unit: "DAY" }] },
    `lifetime_value: ${SENSELESS}`,
    `lifetime_unit: ${SENSELESS}`,
    `lifetimes: ${SENSELESS}`,
  ],
  [
    { periodic_snapshot_tasks: [2] },
    "periodic_snapshot_tasks.0: You can't bind disabled periodic snapshot task to enabled replication task",
  ],
  [
    { schedule: { begin: "20:00", end: "08:00" }, auto: true },
    "schedule: Assertion failed, Begin time should be less than or equal to end time",
  ],
  [
    { schedule: { minute: "0", hour: "12", begin: "00:00", end: "08:00" }, auto: true },
    "schedule: Assertion failed, Specified schedule does not match specified time interval",
  ],
  [{ periodic_snapshot_tasks: [1, 1] }, "periodic_snapshot_tasks: Value error, Element 1 at index 0 is not unique"],
];

describe("what may not be said of a replication", () => {
  let pair: Pair;
  let good: Values;

  beforeAll(async () => {
    pair = await Pair.start({}, afterAll);
    await pair.din.call("pool.dataset.create", { name: "fast/data" });
    await pair.snapshots({ dataset: "fast/data", exclude: ["fast/data/b"] });
    await pair.snapshots({ dataset: "fast/data", enabled: false, naming_schema: "off-%Y-%m-%d_%H-%M" });
    good = {
      ...pair.push(),
      name: "good",
      auto: false,
      periodic_snapshot_tasks: [1],
      exclude: ["fast/data/b"],
    };
    await pair.din.call("replication.create", { ...good, name: "taken" });
  });

  test.each(rules.map(([values, ...said]) => ({ values, said })))("$said.0", async ({ values, said }) => {
    const expected = said.map((line) => `${PREFIX}${line}\n`).join("");

    expect(await refusal(pair.din, "replication.create", { ...good, ...values })).toBe(expected);
  });

  test("is nothing of a good one, which stays as it was said", async () => {
    const row = (await pair.din.call("replication.create", good)) as Values;

    expect(row).toMatchObject({
      name: "good",
      ssh_credentials: { name: "grogu", type: "SSH_CREDENTIALS" },
      periodic_snapshot_tasks: [{ id: 1, dataset: "fast/data", state: "{}" }],
      state: { state: "PENDING" },
      job: null,
    });
    expect(await refusal(pair.din, "pool.snapshottask.update", 1, { enabled: false })).toContain(
      "You can't disable this periodic snapshot task because it is bound to enabled replication task",
    );
    expect(await refusal(pair.din, "pool.snapshottask.delete", 1)).toBe(
      "[EFAULT] You are deleting the last periodic snapshot task bound to enabled replication task 'taken' which will break it. Please, disable that replication task first.",
    );
  });
});
