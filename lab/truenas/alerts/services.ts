import { localGroupsOf, usersOf } from "../accounts.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { AlertRow } from "./alert-row.ts";
import { report } from "./alert-text.ts";
import type { Desk } from "./desk.ts";
import { NotTaken } from "./post.ts";
import type { AlertServiceRow } from "./service-row.ts";

/** What a service is told. */
export interface Report {
  readonly alerts: readonly AlertRow[];
  readonly gone: readonly AlertRow[];
  readonly fresh: readonly AlertRow[];
}

const ADMINISTRATORS = 544;

/** Mail addresses of those who may do everything. */
export function administratorsEmails(state: ApplianceState): string[] {
  const group = localGroupsOf(state)
    .values()
    .find(({ gid }) => gid === ADMINISTRATORS);
  const emails = usersOf(state)
    .values()
    .filter(({ groups }) => group !== undefined && groups.includes(group.id))
    .flatMap(({ email }) => (email ? [email] : []));
  return [...new Set(emails)];
}

type Service = Pick<AlertServiceRow, "type" | "attributes">;

/** The host that a service is reached at; its type where it always is the same. */
function hostOf({ type, attributes }: Service): string {
  const { url, host } = attributes;
  if (typeof host === "string") return host;
  return typeof url === "string" && URL.canParse(url) ? new URL(url).host : type;
}

/** What is said when a way is only tried. */
const TEST: Report = { alerts: [], gone: [], fresh: [] };
/** Nobody listens to these on the appliance itself. */
const ITSELF = ["localhost", "127.0.0.1"];

/** Sends a report by a service. A mail is handed over to a job, and how that ends is nothing to anybody; any other way throws. */
export async function send(desk: Desk, service: Service, told: Report): Promise<void> {
  const text = told === TEST ? `TrueNAS @ ${desk.host}\n\nThis is a test alert` : report(desk, told);
  const raised = told.fresh.map(({ klass }) => klass);
  const cleared = told.gone.map(({ klass }) => klass);
  if (service.type === "Mail") {
    const { email } = service.attributes;
    const to = typeof email === "string" && email !== "" ? [email] : administratorsEmails(desk.state);
    if (to.length === 0) return;
    await desk.call("mail.send", { subject: "Alerts", text, to, ...news(raised, cleared) }).catch(() => undefined);
    return;
  }
  const host = hostOf(service);
  if (ITSELF.includes(host)) return;
  desk.surroundings.post.deliver({
    ...{ at: new Date(desk.clock.time), from: desk.host, through: service.type, to: [host] },
    ...{ text, raised, cleared },
  });
}

/** Tries a way to tell somebody; false when it was not taken, which a mail never is as far as this can tell. */
export async function trial(desk: Desk, service: Service): Promise<boolean> {
  try {
    await send(desk, service, TEST);
    return true;
  } catch (error) {
    if (error instanceof NotTaken) return false;
    throw error;
  }
}

/** Headers by which the post box knows what a mail is about; people do not see them. */
function news(raised: readonly string[], cleared: readonly string[]): Record<string, unknown> {
  return { extra_headers: { "X-Raised": raised.join(" "), "X-Cleared": cleared.join(" ") } };
}
