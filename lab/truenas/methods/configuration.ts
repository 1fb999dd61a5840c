import { ValidationErrors } from "../middleware/errors.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { type ObjectOf, partial, type Shape } from "../middleware/models.ts";

/** What is special about a namespace of one object. */
export interface Configuration<S extends Shape> {
  readonly namespace: string;
  /** Name of the argument of update, with which schema errors begin. */
  readonly argument: string;
  /** What update takes, each field optional. */
  readonly shape: S;
  /** What an appliance comes with. */
  readonly initial: (context: Context) => ObjectOf<S>;
  /** The reasons against the settings, and the form in which they are stored. */
  readonly checked?: (
    context: Context,
    errors: ValidationErrors,
    wanted: ObjectOf<S>,
    old: ObjectOf<S>,
    sent: Partial<ObjectOf<S>>,
  ) => ObjectOf<S>;
  /** The settings as replies show them. @default as they are stored */
  readonly entry?: (context: Context, settings: ObjectOf<S>) => Readonly<Record<string, unknown>>;
}

/** The settings of a namespace as they are. */
export function settingsOf<S extends Shape>(
  { namespace, initial }: Pick<Configuration<S>, "namespace" | "initial">,
  context: Context,
): ObjectOf<S> {
  return context.state.table<ObjectOf<S>>("configuration").get(namespace) ?? initial(context);
}

/** `config` and `update` of a namespace of one object. */
export function configurationMethods<S extends Shape>(spec: Configuration<S>): Methods {
  const { namespace, argument, shape } = spec;
  const entry = (context: Context, settings: ObjectOf<S>) => ({
    id: 1,
    ...(spec.entry?.(context, settings) ?? settings),
  });

  return {
    [`${namespace}.config`]: method({}, (context) => entry(context, settingsOf(spec, context))),
    [`${namespace}.update`]: method(
      { [argument]: partial(`${namespace}.update`, shape) },
      (context, values) => {
        const sent = values[argument] as Partial<ObjectOf<S>>;
        const old = settingsOf(spec, context);
        const wanted = { ...old, ...sent };
        const errors = new ValidationErrors();
        const settings = spec.checked?.(context, errors, wanted, old, sent) ?? wanted;
        errors.check();
        return entry(context, context.state.table<ObjectOf<S>>("configuration").put(namespace, settings));
      },
      { writes: true },
    ),
  };
}
