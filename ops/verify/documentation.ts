import { METRICS, PREFIX } from "./render/metrics.ts";
import { CHECKS } from "./table.ts";

const INTRODUCTION = `# Verification

<!-- Written by ops/verify/write-docs.ts from the checks themselves; do not edit. -->

The playbook that tells whether the live site is what the stack says, healthy and protected. It reads and changes nothing:
a call that is not known to only read is refused before it is sent.

    npm run verify -- --stack prod --identity truenas-primary=~/.ssh/truenas_ed25519

Every appliance whose host is \`online\` is entered with its key under its pinned host key; what lies on other hosts is
*waiting*. Exit codes: 0 in order, 1 a check failed, 2 wrong usage. On a terminal failures come first, each with what was
found, what was expected and what to do; elsewhere there is one line for each. \`--json FILE\` (\`-\` for standard output),
\`--junit FILE\` and \`--prometheus FILE\` write the same for machines. With \`TRUENAS_ENDPOINTS\` it goes to a lab:
\`npm run lab -- --stack dev --lab .lab\` serves what a rehearsal has kept.

How old something may be is the longest gap of its schedule and a grace (\`monitoring.grace\` in the site). Ages are measured
by the clock of the appliance.

## Restore tests

    npm run drill -- --stack prod --identity truenas-primary=~/.ssh/truenas_ed25519

performs the site's \`restoreTests\`, or one (\`--test NAME\`): it restores the newest state of a copy into a scratch dataset
\`POOL/restore-test-NAME\`, compares SHA-256 checksums with the data that it is a copy of, removes the scratch dataset, and
writes \`evidence/STACK/NAME.json\`, to be committed. Nothing but scratch datasets can be changed by it. What a drill left that
was ended goes with the next one. The account needs \`/usr/bin/sha256sum\` among its commands without password (ADR-0044).
`;

/** The playbook as a document: every check, and every metric of the file for Prometheus. */
export function documentation(): string {
  const checks = CHECKS.map(({ name, doc }) => `| \`${name}\` | ${doc} |`);
  const metrics = Object.entries(METRICS).map(([name, doc]) => `| \`${PREFIX}${name}\` | ${doc} |`);

  return [
    INTRODUCTION,
    "## Checks\n",
    "| Check | What it says |",
    "|---|---|",
    ...checks,
    "",
    "## Metrics\n",
    "`--prometheus FILE` writes them for the textfile collector of node_exporter, all as gauges, each with the label `stack`, and",
    "`appliance` where it belongs to one. The file is replaced in one step, so that it is never read half written.\n",
    "| Metric | What it counts |",
    "|---|---|",
    ...metrics,
    "",
  ].join("\n");
}
