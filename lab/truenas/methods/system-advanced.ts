import type { ValidationErrors } from "../middleware/errors.ts";
import { bool, defaulted, int, literal, nullable, str } from "../middleware/kinds.ts";
import { type Methods, method } from "../middleware/method.ts";
import { list, model, type ObjectOf, type Shape } from "../middleware/models.ts";
import { configurationMethods } from "./configuration.ts";

const SERIAL_PORTS = ["ttyS0"];

const common = {
  advancedmode: bool,
  autotune: bool,
  kdump_enabled: bool,
  boot_scrub: int({ gt: 0 }),
  consolemenu: bool,
  consolemsg: bool,
  debugkernel: bool,
  fqdn_syslog: bool,
  motd: str(),
  login_banner: str({ max: 4096 }),
  powerdaemon: bool,
  serialconsole: bool,
  serialport: str(),
  serialspeed: literal("9600", "19200", "38400", "57600", "115200"),
  overprovision: nullable(int({ ge: 0 })),
  traceback: bool,
  uploadcrash: bool,
  anonstats: bool,
  sed_user: literal("USER", "MASTER"),
  sysloglevel: literal("F_EMERG", "F_ALERT", "F_CRIT", "F_ERR", "F_WARNING", "F_NOTICE", "F_INFO", "F_DEBUG"),
  syslog_audit: bool,
  kernel_extra_options: str(),
};

const transport = literal("UDP", "TCP", "TLS");

const servers = {
  syslogservers: list(
    model("SyslogServer", {
      host: str(),
      transport: defaulted(transport, "UDP"),
      tls_certificate: defaulted(nullable(int()), null),
    }),
    { max: 2 },
  ),
};

const oneServer = {
  syslogserver: str(),
  syslog_transport: transport,
  syslog_tls_certificate: nullable(int()),
  syslog_tls_certificate_authority: nullable(int()),
};

const initial: ObjectOf<typeof common> = {
  advancedmode: false,
  autotune: false,
  kdump_enabled: false,
  boot_scrub: 7,
  consolemenu: true,
  consolemsg: false,
  debugkernel: false,
  fqdn_syslog: false,
  motd: "Welcome to TrueNAS",
  login_banner: "",
  powerdaemon: false,
  serialconsole: false,
  serialport: "ttyS0",
  serialspeed: "9600",
  overprovision: null,
  traceback: true,
  uploadcrash: true,
  anonstats: true,
  sed_user: "USER",
  sysloglevel: "F_INFO",
  syslog_audit: false,
  kernel_extra_options: "",
};

const PREFIX = "system_advanced_update";

function checkCommon(errors: ValidationErrors, settings: ObjectOf<typeof common>): void {
  if (settings.serialconsole && settings.serialport === "")
    errors.add(`${PREFIX}.serialport`, "Please specify a serial port when serial console option is checked");
  else if (settings.serialconsole && !SERIAL_PORTS.includes(settings.serialport))
    errors.add(`${PREFIX}.serialport`, "Serial port specified has not been identified by the system");
  for (const [letter, shown] of [
    ["\n", "'\\n'"],
    ['"', "'\"'"],
  ] as const) {
    if (settings.kernel_extra_options.includes(letter))
      errors.add(`${PREFIX}.kernel_extra_options`, `${shown} is an invalid character and not allowed`);
  }
}

function checkServer(errors: ValidationErrors, attribute: string, host: string): void {
  if (!/^\[?[\w.\-:%]+]?(:\d+)?$/.test(host)) errors.add(attribute, "Invalid syslog server format");
  else if (/:\d+$/.test(host) && Number(host.split(":").at(-1)) > 65_535)
    errors.add(attribute, "Port must be in the range of 0 to 65535.");
}

const entry = <S extends Shape>(settings: ObjectOf<S>) => ({
  ...settings,
  anonstats_token: "",
  isolated_gpu_pci_ids: [],
});

const choices: Methods = {
  "system.advanced.serial_port_choices": method({}, () => Object.fromEntries(SERIAL_PORTS.map((port) => [port, port]))),
};

/** `system.advanced.*` with several syslog servers. */
export const systemAdvancedMethods: Methods = {
  ...choices,
  ...configurationMethods({
    namespace: "system.advanced",
    argument: "data",
    shape: { ...common, ...servers },
    initial: () => ({ ...initial, syslogservers: [] }),
    checked: (_context, errors, settings) => {
      checkCommon(errors, settings);
      const hosts = settings.syslogservers.map(({ host }) => host);
      for (const [index, host] of hosts.entries()) {
        const attribute = `${PREFIX}.syslogservers.${index}.host`;
        if (hosts.indexOf(host) < index) errors.add(attribute, "Duplicate host in syslogservers array");
        else checkServer(errors, attribute, host);
      }
      const plain = settings.syslogservers.map((server) =>
        server.transport === "TLS" ? server : { ...server, tls_certificate: null },
      );
      return { ...settings, syslogservers: plain };
    },
    entry: (_context, settings) => entry(settings),
  }),
};

/** `system.advanced.*` of 25.04, with one syslog server. */
export const systemAdvancedMethodsOf2504: Methods = {
  ...choices,
  ...configurationMethods({
    namespace: "system.advanced",
    argument: "system_advanced_update",
    shape: { ...common, ...oneServer },
    initial: () => ({
      ...initial,
      syslogserver: "",
      syslog_transport: "UDP" as const,
      syslog_tls_certificate: null,
      syslog_tls_certificate_authority: null,
    }),
    checked: (_context, errors, settings) => {
      checkCommon(errors, settings);
      if (settings.syslogserver !== "") checkServer(errors, `${PREFIX}.syslogserver`, settings.syslogserver);
      if (settings.syslog_transport !== "TLS")
        return { ...settings, syslog_tls_certificate: null, syslog_tls_certificate_authority: null };
      if (settings.syslog_tls_certificate_authority === null)
        errors
          .add(`${PREFIX}.syslog_tls_certificate_authority`, "This is required when using TLS as syslog transport")
          .add(`${PREFIX}.syslog_tls_certificate_authority`, "Unable to locate specified CA");
      return settings;
    },
    entry: (_context, settings) => entry(settings),
  }),
};
