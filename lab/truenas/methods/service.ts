import { CallError, MatchNotFound } from "../middleware/errors.ts";
import { any, bool, defaulted, int, literal, nullable, type Of, str } from "../middleware/kinds.ts";
import { type Context, type Method, type Methods, method } from "../middleware/method.ts";
import { dictionary, model, union } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { ServiceRow } from "../state/rows.ts";

function entry({ id, service, enable, running }: ServiceRow): Record<string, unknown> {
  return { id, service, enable, state: running ? "RUNNING" : "STOPPED", pids: running ? [1000 + id] : [] };
}

const options = defaulted(
  model("ServiceOptions", {
    ha_propagate: defaulted(bool, true),
    silent: defaulted(bool, true),
    timeout: defaulted(nullable(int()), 120),
  }),
  { ha_propagate: true, silent: true, timeout: 120 },
);

type Verb = "START" | "STOP" | "RESTART" | "RELOAD";

function named({ state }: Context, service: string): ServiceRow {
  const row = state.services.values().find((candidate) => candidate.service === service);
  if (row === undefined) throw new CallError(`Service '${service}' not found`, "ENOENT");
  return row;
}

// With `silent`, which is the default, a service that does not come up is a success with the result false.
function control(context: Context, verb: Verb, service: string, { silent }: Of<typeof options>): boolean {
  const { state } = context;
  const row = named(context, service);
  if (verb === "STOP") {
    state.services.put(row.id, { ...row, running: false });
    return true;
  }
  if (verb === "RELOAD" && !row.running) {
    if (silent) return false;
    throw new CallError("Service not running after reload");
  }
  const fails = state.failingServices.has(service);
  state.services.put(row.id, { ...row, running: !fails });
  if (fails && !silent) throw new CallError(`Service not running after ${verb.toLowerCase()}`);
  return !fails;
}

function enable({ state }: Context, idOrName: string | number, value: boolean): number {
  const numeric = typeof idOrName === "number" || /^\d+$/.test(idOrName);
  const row = state.services
    .values()
    .find((candidate) => (numeric ? candidate.id === Number(idOrName) : candidate.service === idOrName));
  if (row === undefined) throw new CallError(`Service ${idOrName} not found.`, "ENOENT");
  state.services.put(row.id, { ...row, enable: value });
  return row.id;
}

const direct = (verb: Verb): Method =>
  method({ service: str(), options }, (context, values) => control(context, verb, values.service, values.options), {
    writes: true,
  });

const byName = ({ state }: Context, service: string) => {
  const row = state.services.values().find((candidate) => candidate.service === service);
  if (row === undefined) throw new MatchNotFound();
  return row;
};

/** `service.*`: `update` sets what starts at boot, `control` what runs now. */
export const serviceMethods: Methods = {
  "service.query": method({ filters: queryFilters, options: queryOptions }, ({ state }, values) =>
    filterList(state.services.values().map(entry), values.filters, values.options),
  ),
  "service.get_instance": method(
    { id: union(int(), str()), options: defaulted(dictionary(any), {}) },
    (context, { id }) => {
      const row = context.state.services.values().find((candidate) => candidate.id === id || candidate.service === id);
      if (row === undefined) throw new MatchNotFound();
      return entry(row);
    },
  ),
  "service.update": method(
    { id_or_name: union(int(), str()), service_update: model("ServiceUpdate", { enable: bool }) },
    (context, { id_or_name, service_update }) => enable(context, id_or_name, service_update.enable),
    { writes: true },
  ),
  "service.start": direct("START"),
  "service.stop": direct("STOP"),
  "service.restart": direct("RESTART"),
  "service.reload": direct("RELOAD"),
  "service.started": method({ service: str() }, (context, { service }) => named(context, service).running),
  "service.started_or_enabled": method({ service: str() }, (context, { service }) => {
    const row = byName(context, service);
    return row.running || row.enable;
  }),
};

/** `service.control`, which 25.04 does not have yet. */
export const serviceControlMethods: Methods = {
  "service.control": method(
    { verb: literal("START", "STOP", "RESTART", "RELOAD"), service: str(), options },
    (context, values) => control(context, values.verb, values.service, values.options),
    { job: { lock: (params) => `service_${String(params[1])}` }, writes: true },
  ),
};
