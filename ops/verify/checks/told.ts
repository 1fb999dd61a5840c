import { ofKind } from "../../declared/stack.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";

interface AlertServiceInputs {
  readonly enabled?: boolean;
  readonly level?: string;
}

/** Somebody is told when an appliance raises an alert. */
export const somebodyIsTold: Check = {
  name: "somebody-is-told",
  doc: "Every appliance has a way to tell somebody of its alerts that is there and switched on as declared.",
  find: (subject) => seenIn(subject).map(waysOf),
};

function waysOf({ name, declared, compared }: Seen): Finding {
  const about = { appliance: name, subject: "alerts" };
  const services = ofKind<AlertServiceInputs>(declared, "AlertService");
  if (services.length === 0) return { ...about, status: "noted", found: "the program declares no way to tell anybody" };
  const working = services.filter(
    (service) => service.inputs.enabled !== false && compared[declared.indexOf(service)]?.state === "equal",
  );
  const found = working.map((service) => `${service.name} from ${service.inputs.level ?? "WARNING"}`).join(", ");
  if (working.length > 0) return { ...about, status: "passed", found };
  const remedy = "npm run pulumi -- up sets them up; npm run alerts:test sends one through each";

  return { ...about, status: "failed", found: "no way that works", expected: "at least one", remedy };
}
