import { alertClass, LEVELS } from "../alerts/alert-classes.ts";
import { absent, bool, literal } from "../middleware/kinds.ts";
import type { Methods } from "../middleware/method.ts";
import { dictionary, model } from "../middleware/models.ts";
import { configurationMethods } from "./configuration.ts";

const classSettings = model("AlertClassConfiguration", {
  level: absent(literal(...LEVELS)),
  policy: absent(literal("IMMEDIATELY", "HOURLY", "DAILY", "NEVER")),
  proactive_support: absent(bool),
});

/** `alertclasses.*`: how alerts are told. The map is replaced as a whole. */
export const alertClassesMethods: Methods = configurationMethods({
  namespace: "alertclasses",
  argument: "alert_class_update",
  shape: { classes: dictionary(classSettings) },
  initial: () => ({ classes: {} }),
  checked: ({ dialect }, errors, settings) => {
    for (const [name, setting] of Object.entries(settings.classes)) {
      const attribute = `alert_class_update.classes.${name}`;
      const known = alertClass(name, dialect);
      if (known === undefined) errors.add(attribute, "This alert class does not exist");
      else if (setting.proactive_support !== undefined && !known.support)
        errors.add(`${attribute}.proactive_support`, "Proactive support is not supported by this alert class");
    }
    return settings;
  },
});
