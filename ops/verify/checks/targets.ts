import { ofKind } from "../../declared/stack.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";

/** Volumes are offered to those who use them. */
export const targetsAreOffered: Check = {
  name: "target-is-offered",
  doc: "The service offers every declared iSCSI target; how many machines are logged in to each is listed.",
  find: (subject) => seenIn(subject).flatMap(targetsOn),
};

function targetsOn({ name: appliance, declared, sight }: Seen): readonly Finding[] {
  const runs = sight.services.some((row) => row["service"] === "iscsitarget" && row["state"] === "RUNNING");
  return ofKind<{ name: string }>(declared, "IscsiTarget").map(({ inputs: { name } }) => {
    const sessions = sight.sessions.filter((row) => row["target_alias"] === name).length;
    const about = { appliance, subject: name, expected: "offered" };
    const measures = [{ metric: "iscsi_sessions", value: sessions, labels: { target: name } }];
    const found = `${sessions} ${sessions === 1 ? "machine" : "machines"} logged in`;
    if (runs) return { ...about, status: "passed", found, measures };

    return {
      ...{ ...about, status: "failed", found: "iscsitarget does not run", measures },
      remedy: "npm run pulumi -- up starts iscsitarget; initiators log in again by themselves",
    };
  });
}
