import { PythonFloat } from "../middleware/kinds.ts";
import { type Methods, method } from "../middleware/method.ts";
import { floatText } from "../middleware/python-json.ts";

const GIB = 1024 ** 3;

/** `system.*` as far as clients ask before they do anything else. */
export const systemMethods: Methods = {
  "system.version": method({}, ({ version }) => `TrueNAS-${version}`),
  "system.version_short": method({}, ({ version }) => version),
  "system.ready": method({}, () => true),
  "system.state": method({}, () => "READY"),
  "system.product_type": method({}, () => "COMMUNITY_EDITION"),
  "system.host_id": method({}, ({ state }) => String(state.facts.get("hostid"))),
  "system.boot_id": method({}, ({ state }) => String(state.facts.get("bootid"))),
  "system.info": method({}, ({ version, state, clock }) => {
    const booted = Number(state.facts.get("bootedAt") ?? clock.time);
    const seconds = Math.max(0, (clock.time - booted) / 1000);
    return {
      version: `TrueNAS-${version}`,
      buildtime: { $date: 1_767_225_600_000 },
      hostname: state.facts.get("hostname"),
      physmem: 64 * GIB,
      model: "Simulated CPU",
      cores: 8,
      physical_cores: 8,
      loadavg: [new PythonFloat(0.1), new PythonFloat(0.1), new PythonFloat(0.1)],
      uptime: floatText(seconds),
      uptime_seconds: new PythonFloat(seconds),
      system_serial: null,
      system_product: null,
      system_product_version: null,
      license: null,
      boottime: { $date: Math.floor(booted / 1000) * 1000 },
      datetime: { $date: Math.floor(clock.time / 1000) * 1000 },
      timezone: "UTC",
      system_manufacturer: null,
      ecc_memory: true,
    };
  }),
};
