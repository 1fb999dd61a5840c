import { reportingExporter } from "../model/reporting-exporter.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `ReportingExporter`. */
export type ReportingExporterArgs = ArgsOf<typeof reportingExporter.properties>;

/** What sends the appliance's metrics to a receiver; its id is its name. */
export class ReportingExporter extends resourceClass(reportingExporter) {}
