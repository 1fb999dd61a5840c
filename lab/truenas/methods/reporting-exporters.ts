import { ValidationErrors } from "../middleware/errors.ts";
import { bool, defaulted, int, literal, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { model, type ObjectOf } from "../middleware/models.ts";
import { rowMethods, rowsOf, type Stored } from "./rows.ts";

const NAMESPACE = "reporting.exporters";

const graphite = {
  exporter_type: literal("GRAPHITE"),
  destination_ip: str({ min: 1 }),
  destination_port: int({ ge: 1, le: 65_535 }),
  prefix: defaulted(str(), "scale"),
  namespace: str({ min: 1 }),
  update_every: defaulted(int({ ge: 1 }), 1),
  buffer_on_failures: defaulted(int({ ge: 1 }), 10),
  send_names_instead_of_ids: defaulted(bool, true),
  matching_charts: defaulted(str({ min: 1 }), "*"),
};

const shape = { enabled: bool, attributes: model("GraphiteExporter", graphite), name: str() };

type Exporter = ObjectOf<typeof shape>;

function checked(
  context: Context,
  prefix: string,
  exporter: Exporter,
  old: Stored<typeof shape> | undefined,
): Exporter {
  const errors = new ValidationErrors();
  const others = rowsOf<typeof shape>(context, NAMESPACE)
    .values()
    .filter(({ id }) => id !== old?.id);
  if (others.some(({ name }) => name === exporter.name))
    errors.add(`${prefix}.name`, "Specified name is already in use");
  errors.check();
  return { ...exporter, attributes: { ...old?.attributes, ...exporter.attributes } };
}

/** `reporting.exporters.*`: who is sent the appliance's metrics. */
export const reportingExportersMethods: Methods = {
  ...rowMethods({
    namespace: NAMESPACE,
    noun: "ReportingExports",
    shape,
    arguments: ["reporting_exporter_create", "reporting_exporter_update"],
    prefixes: ["reporting_exporter_create", "reporting_exporter_update"],
    checked,
  }),
  "reporting.exporters.exporter_schemas": method({}, () => [
    {
      key: "GRAPHITE",
      schema: Object.keys(graphite).map((name) => ({ _name_: name, title: name, _required_: false })),
    },
  ]),
};
