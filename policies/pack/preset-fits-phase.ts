import { PHASES } from "../../src/site/vocabulary.ts";
import type { PackPolicy } from "../serve-rule.ts";

/** A preset of the other phase would let pass, or stop, what the site's own phase does not. */
export const presetFitsPhase: PackPolicy = {
  name: "preset-fits-phase",
  description: "A preset must be the one of the phase that the site records.",
  severity: "high",
  enforcementLevel: "mandatory",
  source: "D0, ADR-0001",
  remediationSteps: "use the preset of the site's phase, policies/presets/<phase>.json",
  configSchema: { properties: { phase: { type: "string", enum: [...PHASES] } } },
  verdicts({ stack: { site } }, { phase }) {
    if (!site?.phase || !phase || site.phase === phase) return [];
    const message = `the preset "${phase}" is given, yet the site records the phase "${site.phase}"; the preset must fit it (D0, ADR-0001): use policies/presets/${site.phase}.json`;
    return [{ message, urn: site.resource.urn }];
  },
};
