import type { Site } from "../../src/site/index.ts";
import { AlertTrial } from "../../truenas/inspect.ts";
import type { DeclaredStack } from "../declared/stack.ts";
import { entryTo, type Way } from "../way.ts";

/** What became of one test. */
export interface Outcome {
  readonly appliance: string;
  readonly channel: string;
  readonly status: "arrived" | "failed" | "unknown" | "waiting";
  readonly detail: string;
}

/** How channels are tried. */
export interface TrialWay extends Way {
  /** Where Slack is told; a secret. */
  readonly slackUrl?: string | undefined;
}

type Channel = "mail" | "slack" | "syslog";

const CHANNELS: readonly Channel[] = ["mail", "slack", "syslog"];

/** Tells something through every declared channel of every appliance that is there, one appliance after the other. */
export async function tryChannels(declared: DeclaredStack, way: TrialWay): Promise<readonly Outcome[]> {
  const { stack, site } = declared;
  const channels = CHANNELS.filter((channel) => site.alerts[channel] !== undefined);
  const outcomes: Outcome[] = [];
  for (const entered of declared.appliances) {
    const { name: appliance, absence } = entered;
    if (absence) {
      outcomes.push(
        ...channels.map((channel) => ({ appliance, channel, status: "waiting" as const, detail: absence })),
      );
      continue;
    }
    const trial = new AlertTrial(entryTo(entered, way), way.environment);
    try {
      for (const channel of channels) outcomes.push({ appliance, channel, ...(await tried(channel)) });
    } finally {
      trial.close();
    }

    async function tried(channel: Channel): Promise<Pick<Outcome, "status" | "detail">> {
      try {
        return await TRIES[channel]({ stack, site, appliance, trial, way });
      } catch (error) {
        return { status: "failed", detail: (error as Error).message };
      }
    }
  }

  return outcomes;
}

interface Trial {
  readonly stack: string;
  readonly site: Site;
  readonly appliance: string;
  readonly trial: AlertTrial;
  readonly way: TrialWay;
}

type Try = (trial: Trial) => Promise<Pick<Outcome, "status" | "detail">>;

const TRIES: Readonly<Record<Channel, Try>> = {
  mail: async ({ stack, site, appliance, trial }) => {
    const { to = [], server = "" } = site.alerts.mail ?? {};
    const text = `This is a test of ${appliance} in ${stack}. Alerts reach you here; there is nothing to do.`;
    const sent = await trial.mail(to, `test of ${appliance}`, text);
    if (sent) return { status: "arrived", detail: `${server} took a mail to ${to.join(", ")}` };

    return { status: "failed", detail: "mail is not among what the appliance may use the network for" };
  },
  slack: async ({ site, trial, way }) => {
    if (way.slackUrl === undefined)
      return { status: "failed", detail: "its address is a secret; give it with --slack-url-file FILE" };
    const taken = await trial.alert("Slack", { url: way.slackUrl }, site.alerts.slack?.level ?? "WARNING");
    if (taken) return { status: "arrived", detail: "Slack took a message" };

    return { status: "failed", detail: "Slack did not take it; see /var/log/middlewared.log for its answer" };
  },
  syslog: async ({ site, trial }) => {
    await trial.dialect();
    const { server = "", port } = site.alerts.syslog ?? {};
    return {
      status: "unknown",
      detail: `no appliance knows whether ${server}:${port} takes its lines; look there for the login of this minute`,
    };
  },
};
