import type { Verdict, Verification } from "../verification.ts";
import { placeOf } from "./order.ts";

/** The outcome in the format that pipelines read test results from: a suite per check, a case per verdict. */
export function renderJunit({ stack, seconds, at, verdicts }: Verification): string {
  const suites = [...Map.groupBy(verdicts, ({ check }) => check)].map(([check, group]) => suite(check, group, at));
  const attributes = { name: `verify ${stack}`, ...totals(verdicts), time: String(seconds) };

  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, suites.join("\n"))}\n`;
}

function suite(check: string, verdicts: readonly Verdict[], at: string): string {
  const attributes = { name: check, ...totals(verdicts), timestamp: at.slice(0, 19) };

  return element("testsuite", attributes, verdicts.map(testCase).join("\n"));
}

function testCase(verdict: Verdict): string {
  return element("testcase", { classname: verdict.check, name: placeOf(verdict) }, outcome(verdict));
}

function outcome({ status, found, expected, remedy }: Verdict): string {
  switch (status) {
    case "passed":
      return "";
    case "failed": {
      const details = [
        `found: ${found}`,
        ...(expected ? [`expected: ${expected}`] : []),
        ...(remedy ? [`remedy: ${remedy}`] : []),
      ];
      return element("failure", { message: found }, escaped(details.join("\n")));
    }
    case "noted":
      return element("system-out", {}, escaped(found));
    default:
      return element("skipped", { message: `${status}: ${found}` }, "");
  }
}

function totals(verdicts: readonly Verdict[]) {
  const count = (...statuses: string[]) => String(verdicts.filter(({ status }) => statuses.includes(status)).length);

  return {
    tests: String(verdicts.length),
    failures: count("failed"),
    errors: "0",
    skipped: count("waiting", "skipped"),
  };
}

function element(name: string, attributes: Readonly<Record<string, string>>, content: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const start = `<${name}${written.join("")}`;
  if (content === "") return `${start}/>`;

  return content.startsWith("<") ? `${start}>\n${content}\n</${name}>` : `${start}>${content}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as XML takes it: what no entity can express is left out. */
function escaped(text: string): string {
  const possible = text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");

  return possible.replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}
