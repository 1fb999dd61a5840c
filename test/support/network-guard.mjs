// Preloaded into every process of a command: notes each connection that would leave the machine, and stops it.
import { appendFileSync } from "node:fs";
import { Socket } from "node:net";

const LOOPBACK = /^(127\.|::1$|localhost$|::ffff:127\.)/;
const connect = Socket.prototype.connect;

Socket.prototype.connect = function guarded(...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const host = typeof options === "object" ? options.host : typeof args[1] === "string" ? args[1] : undefined;
  const path = typeof options === "object" ? options.path : typeof options === "string" ? options : undefined;
  if (path || !host || LOOPBACK.test(host)) return connect.apply(this, args);
  appendFileSync(process.env["NETWORK_GUARD"], `${host}\n`);
  throw new Error(`the network was touched: ${host}`);
};
