import { LEVELS } from "../../alerts/alert-classes.ts";
import { type AlertServiceRow, alertServicesOf } from "../../alerts/service-row.ts";
import { trial } from "../../alerts/services.ts";
import { InstanceNotFound, MatchNotFound, ValidationErrors } from "../../middleware/errors.ts";
import { any, bool, defaulted, int, type Kind, literal, type Problem, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { dictionary, type Model, model, type Shape } from "../../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../../middleware/query.ts";
import type { ApplianceState } from "../../state/appliance-state.ts";
import type { Dialect } from "../../versions.ts";
import { attributesOf, attributesWithType, titleOf } from "./attributes.ts";

/** Gives a new appliance the services that every appliance comes with. */
export function installAlertServices(state: ApplianceState): void {
  if (state.facts.has("next alertservice")) return;
  const trap = { host: "localhost", port: 162, v3: false, community: "public" };
  const nobody = {
    v3_username: null,
    v3_authkey: null,
    v3_privkey: null,
    v3_authprotocol: null,
    v3_privprotocol: null,
  };
  const known = [
    { name: "SNMP Trap", type: "SNMPTrap", attributes: { ...trap, ...nobody } },
    { name: "E-Mail", type: "Mail", attributes: { email: "" } },
  ];
  for (const service of known) {
    const id = state.next("alertservice");
    alertServicesOf(state).put(id, { ...service, id, level: "WARNING", enabled: true });
  }
}

const LEVEL_PROBLEM = `Level must be one of [${LEVELS.map((level) => `'${level}'`).join(", ")}]`;

/** What 25.10 takes: the type among the attributes. */
const body = model("AlertServiceCreate", {
  name: str({ min: 1 }),
  attributes: attributesWithType as Kind<Record<string, unknown>>,
  level: literal(...LEVELS),
  enabled: defaulted(bool, true),
});
/** What 25.04 takes: the type beside the attributes, which are judged later. */
const bodyOf2504 = model("AlertServiceCreate", {
  name: str({ min: 1 }),
  type: str(),
  attributes: dictionary(any),
  level: str(),
  enabled: defaulted(bool, true),
});

type Fields = Omit<AlertServiceRow, "id">;

function fieldsOf(dialect: Dialect, wanted: Readonly<Record<string, unknown>>, prefix: string): Fields {
  const { name, level, enabled, attributes } = wanted as unknown as Fields;
  const { type, ...others } =
    dialect === "25.04" ? { ...attributes, type: wanted["type"] } : { type: "", ...attributes };
  const fields = { name, type: String(type), attributes: others, level, enabled };
  return dialect === "25.04" ? judged(fields, prefix) : fields;
}

function judged(fields: Fields, prefix: string): Fields {
  const errors = new ValidationErrors();
  const model = attributesOf(fields.type);
  if (model === undefined) throw errors.add(`${prefix}.type`, "This field has invalid value");
  if (!LEVELS.some((level) => level === fields.level)) throw errors.add(`${prefix}.level`, LEVEL_PROBLEM);
  const problems: Problem[] = [];
  const attributes = model.check(fields.attributes, [`${prefix}.attributes`], problems);
  for (const { path, message } of problems) errors.add(path.join("."), oldWords(message));
  errors.check();
  return { ...fields, attributes };
}

/** The words of the middleware's older schemas. */
function oldWords(message: string): string {
  if (message === "Field required") return "attribute required";
  if (message === "Extra inputs are not permitted") return "Field was not expected";
  return message.startsWith("String should have at least") ? "Empty value not allowed" : message;
}

function entry(dialect: Dialect, { type, attributes, ...row }: AlertServiceRow): Record<string, unknown> {
  const title = { type__title: titleOf(type) };
  return dialect === "25.04"
    ? { ...row, type, attributes, ...title }
    : { ...row, attributes: { ...attributes, type }, ...title };
}

/** `alertservice.*`: where alerts are told. An update takes the whole of a service. */
export function alertServiceMethods(dialect: Dialect): Methods {
  const taken = (dialect === "25.04" ? bodyOf2504 : body) as Model<Shape>;
  const put = ({ state }: Context, id: number, fields: Fields) =>
    entry(dialect, alertServicesOf(state).put(id, { ...fields, id }));
  const writes = { writes: true };

  return {
    "alertservice.query": method(
      { filters: queryFilters, options: queryOptions },
      ({ state }, { filters, options }) => {
        const rows = alertServicesOf(state).values();
        const sorted = rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map((row) => entry(dialect, row));
        return filterList(sorted, filters, options);
      },
    ),
    "alertservice.get_instance": method({ id: int(), options: defaulted(dictionary(any), {}) }, ({ state }, { id }) => {
      const row = alertServicesOf(state).get(id);
      if (row === undefined) throw new InstanceNotFound(`AlertService ${id} does not exist`);
      return entry(dialect, row);
    }),
    "alertservice.create": method(
      { alert_service_create: taken },
      (context, { alert_service_create: wanted }) =>
        put(context, context.state.next("alertservice"), fieldsOf(dialect, wanted, "alert_service_create")),
      writes,
    ),
    "alertservice.update": method(
      { id: int(), alert_service_update: taken },
      (context, { id, alert_service_update: wanted }) => {
        if (!alertServicesOf(context.state).has(id)) throw new MatchNotFound();
        return put(context, id, fieldsOf(dialect, wanted, "alert_service_update"));
      },
      writes,
    ),
    "alertservice.test": method({ alert_service_create: taken }, (context, { alert_service_create: wanted }) =>
      trial(context, fieldsOf(dialect, wanted, "alert_service_test")),
    ),
    "alertservice.delete": method(
      { id: int() },
      ({ state }, { id }) => {
        alertServicesOf(state).delete(id);
        return true;
      },
      writes,
    ),
  };
}
