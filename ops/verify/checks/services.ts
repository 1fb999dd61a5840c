import { ofKind } from "../../declared/stack.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";

interface ServiceInputs {
  readonly service: string;
}

/** Services run now and after a restart. */
export const servicesRun: Check = {
  name: "service-runs",
  doc: "Every declared service runs and starts with its appliance.",
  find: (subject) => seenIn(subject).flatMap(servicesOf),
};

function servicesOf({ name, declared, sight }: Seen): readonly Finding[] {
  return ofKind<ServiceInputs>(declared, "Service").map(({ inputs: { service } }) => {
    const row = sight.services.find((candidate) => candidate["service"] === service);
    const found = row
      ? `${String(row["state"])}, ${row["enable"] === true ? "starts" : "does not start"} on boot`
      : "not known";
    const about = { appliance: name, subject: service, found, expected: "RUNNING, starts on boot" };
    const fine = row?.["state"] === "RUNNING" && row["enable"] === true;
    const measures = [{ metric: "service_running", value: row?.["state"] === "RUNNING" ? 1 : 0, labels: { service } }];
    if (fine) return { ...about, status: "passed", measures };

    return {
      ...about,
      status: "failed",
      remedy: `npm run pulumi -- up starts ${service} and lets it start on boot`,
      measures,
    };
  });
}
