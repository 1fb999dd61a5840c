import { configObject } from "./config-object.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { Refused } from "./refused.ts";
import { defineType, type PlanContext, type Row } from "./resource-type.ts";

const flag = (doc: string) => ({ kind: "boolean", doc }) as const;

const properties = {
  syslogservers: {
    kind: "list",
    doc: "Servers that the log is sent to as well; two at most, and one on 25.04.",
    items: {
      kind: "object",
      doc: "A syslog server.",
      typeName: "SyslogServer",
      fields: {
        host: { kind: "string", doc: "Name or address, with `:port` where it is not the usual one.", required: true },
        transport: {
          kind: "enum",
          doc: "How it is reached. Default UDP.",
          values: ["UDP", "TCP", "TLS"],
          default: "UDP",
        },
        tlsCertificate: {
          kind: "integer",
          doc: "Row id of the certificate that is shown to it by TLS; 0 is none.",
          min: 0,
          default: 0,
          nullIs: 0,
        },
      },
    },
    compare: "set",
    maxItems: 2,
  },
  syslogAudit: flag("Sends the audit log there as well."),
  sysloglevel: {
    kind: "enum",
    doc: "What is worth logging.",
    values: ["F_EMERG", "F_ALERT", "F_CRIT", "F_ERR", "F_WARNING", "F_NOTICE", "F_INFO", "F_DEBUG"],
  },
  fqdnSyslog: flag("Logs under the full name with the domain."),
  motd: { kind: "string", doc: "Greeting after a login.", maxLength: 1024 },
  loginBanner: { kind: "string", doc: "Notice before a login.", maxLength: 4096 },
  bootScrub: { kind: "integer", doc: "Days between scrubs of the boot pool.", min: 1, unit: "days" },
  consolemenu: flag("Shows the menu on the console."),
  serialconsole: flag("Offers a serial console."),
  serialport: { kind: "string", doc: "Port of the serial console, for example ttyS0." },
  serialspeed: {
    kind: "enum",
    doc: "Speed of the serial console.",
    values: ["9600", "19200", "38400", "57600", "115200"],
  },
  powerdaemon: flag("Saves power."),
  autotune: flag("Lets TrueNAS tune itself to the hardware."),
  debugkernel: flag("Starts the kernel for debugging."),
  kdumpEnabled: flag("Dumps the kernel's memory when it crashes."),
  kernelExtraOptions: { kind: "string", doc: "Further options of the kernel.", maxLength: 1024 },
  traceback: flag("Shows details of failures in the web interface."),
  uploadcrash: flag("Sends reports of crashes to the vendor."),
  anonstats: flag("Sends anonymous statistics to the vendor."),
} as const satisfies Properties;

/** Advanced settings of the appliance, among them where its log goes. */
export const systemAdvanced = defineType({
  name: "SystemAdvanced",
  doc: "Advanced settings of the appliance: syslog servers, console, kernel. What is not stated stays as it is.",
  properties,
  ...configObject("system.advanced", properties, { read, write }),
});

/** 25.04 knows one server, in fields of its own. */
function read(row: Row): Row {
  if (!("syslogserver" in row)) return row;
  const host = row["syslogserver"];
  const server = { host, transport: row["syslog_transport"], tls_certificate: row["syslog_tls_certificate"] };

  return { ...row, syslogservers: host === "" ? [] : [server] };
}

function write(payload: Values, context: PlanContext): Values {
  const { syslogservers: servers, ...others } = payload;
  if (!Array.isArray(servers) || context.dialect !== "25.04") return payload;
  if (servers.length > 1)
    throw new Refused(`TrueNAS 25.04 sends its log to one server, and ${servers.length} are stated; keep one`);
  const [server] = servers;
  if (!isRecord(server)) return { ...others, syslogserver: "" };

  return {
    ...others,
    syslogserver: server["host"],
    syslog_transport: server["transport"] ?? "UDP",
    syslog_tls_certificate: server["tls_certificate"] ?? null,
  };
}
