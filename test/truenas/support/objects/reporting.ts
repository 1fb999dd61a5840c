import { foundBy, type Managed, within } from "./managed.ts";

const attributes = {
  exporter_type: "GRAPHITE",
  destination_ip: "192.168.0.30",
  destination_port: 9109,
  prefix: "truenas",
  namespace: "din",
  update_every: 30,
  buffer_on_failures: 5,
  send_names_instead_of_ids: false,
  matching_charts: "system.* disk*",
};

/** What the appliance's metrics are sent to. */
export const reporting: readonly Managed[] = [
  {
    type: "ReportingExporter",
    namespace: "reporting.exporters",
    stated: (at) => ({
      name: `graphite ${at}`,
      enabled: false,
      exporterType: "GRAPHITE",
      destinationIp: "192.168.0.30",
      destinationPort: 9109,
      prefix: "truenas",
      namespace: "din",
      updateEvery: 30,
      bufferOnFailures: 5,
      sendNamesInsteadOfIds: false,
      matchingCharts: "system.* disk*",
    }),
    id: ({ name }) => String(name),
    made: { name: "graphite it", enabled: false, attributes },
    drift: {
      enabled: { enabled: true },
      destinationIp: within("attributes", { destination_ip: "192.168.0.31" }),
      destinationPort: within("attributes", { destination_port: 2003 }),
      prefix: within("attributes", { prefix: "scale" }),
      namespace: within("attributes", { namespace: "grogu" }),
      updateEvery: within("attributes", { update_every: 1 }),
      bufferOnFailures: within("attributes", { buffer_on_failures: 10 }),
      sendNamesInsteadOfIds: within("attributes", { send_names_instead_of_ids: true }),
      matchingCharts: within("attributes", { matching_charts: "*" }),
    },
    changes: { enabled: true, destinationIp: "192.168.0.32", updateEvery: 60, matchingCharts: "disk*" },
    refused: [
      [{ name: "" }, "name", "name is blank; it is how the object is found, so give it a text"],
      [
        { destinationIp: "prometheus.lan" },
        "destinationIp",
        'destinationIp "prometheus.lan" is no IP address; use one such as 10.10.10.20',
      ],
      [{ destinationPort: 0 }, "destinationPort", "destinationPort 0 is below the minimum of 1; raise it"],
      [{ namespace: "" }, "namespace", "namespace is empty; give it a text"],
      [{ exporterType: "INFLUX" }, "exporterType", 'exporterType "INFLUX" is not allowed; use one of GRAPHITE'],
    ],
    otherwise: { destinationPort: 2003 },
    fixed: { ...foundBy("exporter", "name"), exporterType: "is GRAPHITE, of which there is one kind" },
  },
];
