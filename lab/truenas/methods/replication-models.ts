import { bool, defaulted, int, type Kind, literal, nullable, refined, str } from "../middleware/kinds.ts";
import { dictionary, list, model } from "../middleware/models.ts";
import { namingSchema } from "./naming-schema-model.ts";
import { lifetimeSchedule, replicationSchedule } from "./schedule-models.ts";

const port = nullable(int({ ge: 1, le: 65_535 }));
const text = nullable(str());
const unit = literal("HOUR", "DAY", "WEEK", "MONTH", "YEAR");

const unique = (kind: Kind<number[]>) =>
  refined(kind, (values) => {
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    return twice === undefined
      ? undefined
      : `Value error, Element ${twice} at index ${values.indexOf(twice)} is not unique`;
  });

const transfer = {
  direction: literal("PUSH", "PULL"),
  transport: literal("SSH", "SSH+NETCAT", "LOCAL"),
  ssh_credentials: defaulted(nullable(int()), null),
  netcat_active_side: defaulted(nullable(literal("LOCAL", "REMOTE")), null),
  netcat_active_side_listen_address: defaulted(text, null),
  netcat_active_side_port_min: defaulted(port, null),
  netcat_active_side_port_max: defaulted(port, null),
  netcat_passive_side_connect_address: defaulted(text, null),
  sudo: defaulted(bool, false),
  source_datasets: list(str(), { min: 1 }),
  target_dataset: str(),
  recursive: bool,
  exclude: defaulted(list(str()), []),
  properties: defaulted(bool, true),
  properties_exclude: defaulted(list(str({ min: 1 })), []),
  properties_override: defaulted(dictionary(str()), {}),
  replicate: defaulted(bool, false),
  encryption: defaulted(bool, false),
  encryption_inherit: defaulted(nullable(bool), null),
  encryption_key: defaulted(text, null),
  encryption_key_format: defaulted(nullable(literal("HEX", "PASSPHRASE")), null),
  encryption_key_location: defaulted(text, null),
};

const selection = {
  periodic_snapshot_tasks: defaulted(unique(list(int())), []),
  naming_schema: defaulted(list(namingSchema), []),
  also_include_naming_schema: defaulted(list(namingSchema), []),
  name_regex: defaulted(nullable(str({ min: 1 })), null),
};

const automation = {
  auto: bool,
  schedule: defaulted(nullable(replicationSchedule), null),
  restrict_schedule: defaulted(nullable(replicationSchedule), null),
  only_matching_schedule: defaulted(bool, false),
};

const target = {
  allow_from_scratch: defaulted(bool, false),
  readonly: defaulted(literal("SET", "REQUIRE", "IGNORE"), "SET"),
  hold_pending_snapshots: defaulted(bool, false),
  retention_policy: literal("SOURCE", "CUSTOM", "NONE"),
  lifetime_value: defaulted(nullable(int({ ge: 1 })), null),
  lifetime_unit: defaulted(nullable(unit), null),
  lifetimes: defaulted(
    list(
      model("ReplicationLifetimeModel", {
        schedule: lifetimeSchedule,
        lifetime_value: int({ ge: 1 }),
        lifetime_unit: unit,
      }),
    ),
    [],
  ),
  compression: defaulted(nullable(literal("LZ4", "PIGZ", "PLZIP")), null),
  speed_limit: defaulted(nullable(int({ ge: 1 })), null),
  large_block: defaulted(bool, true),
  embed: defaulted(bool, false),
  compressed: defaulted(bool, true),
  retries: defaulted(int({ ge: 1 }), 5),
  logging_level: defaulted(nullable(literal("DEBUG", "INFO", "WARNING", "ERROR")), null),
};

/** What `replication.create` takes. */
export const replicationShape = {
  name: str({ min: 1 }),
  ...transfer,
  ...selection,
  ...automation,
  ...target,
  enabled: defaulted(bool, true),
};

const { restrict_schedule } = automation;

/** What `replication.run_onetime` takes: no name, nothing about when it runs. */
export const onetimeReplication = model("ReplicationRunOnetimeArgs", {
  ...transfer,
  ...selection,
  restrict_schedule,
  ...target,
  exclude_mountpoint_property: defaulted(bool, true),
  only_from_scratch: defaulted(bool, false),
  mount: defaulted(bool, true),
});
