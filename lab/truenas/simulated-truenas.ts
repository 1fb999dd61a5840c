import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sudoersOf } from "./accounts.ts";
import { deskOf } from "./alerts/desk.ts";
import { tellOfDisk } from "./alerts/one-shot.ts";
import { type ApplianceSpec, DEFAULT_VERSION, furnish } from "./chassis.ts";
import { Console } from "./clients/console.ts";
import { type Initiator, IscsiInitiator } from "./clients/iscsi-initiator.ts";
import { type Consumer, ShareClient } from "./clients/share-client.ts";
import { type Configuration, restoreConfiguration } from "./configuration/configuration.ts";
import { FaultPlan } from "./fault-plan.ts";
import { Faults } from "./faults.ts";
import { Mains } from "./mains.ts";
import { memberOf } from "./member.ts";
import { methodsOf } from "./methods/registry.ts";
import { Middleware } from "./middleware/middleware.ts";
import { plain } from "./middleware/python-json.ts";
import type { Counters, TracedCall } from "./middleware/trace.ts";
import { Processes } from "./processes.ts";
import { generateKeyPair, publicHalf, SshServer } from "./ssh-server.ts";
import { ApplianceState, type Transfer } from "./state/appliance-state.ts";
import type { Member } from "./surroundings.ts";
import { dialectOf } from "./versions.ts";
import { World } from "./world.ts";
import { insertDisks } from "./zfs/exported-pools.ts";

/** How an appliance runs. */
export interface ApplianceOptions {
  /** Where state, host key and client key live; created when missing, continued when not. */
  readonly dir: string;
  /** Directory of a stopped appliance whose disks are put in, with all that is on them. */
  readonly disksFrom?: string;
  /** What somebody uploads before the first start: settings, tasks and secrets of an appliance that is gone. */
  readonly configuration?: Configuration;
  /** Milliseconds that each `midclt` process takes to start. @default 0 */
  readonly processDelayMs?: number;
  /** The world that the appliance joins. @default one of its own */
  readonly world?: World;
  /** The time at which a world of its own starts and stands still until advanced. @default real time, running */
  readonly now?: Date;
}

/** An appliance's time as tests see and move it. */
export interface ApplianceClock {
  now(): Date;
  /** Moves the clock of the appliance's world forward by that many milliseconds. */
  advance(ms: number): Promise<void>;
}

/** Where to reach an appliance, and with what. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `ssh-ed25519 AAAA…` */
  readonly hostKey: string;
  /** Absolute path. */
  readonly privateKeyFile: string;
}

function keptKey(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(file, generateKeyPair().private, { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return readFileSync(file, "utf8");
}

function insertDisksOf(state: ApplianceState, dir: string): void {
  const gone = new ApplianceState(resolve(dir));
  insertDisks(state, gone);
  gone.close();
}

/** A TrueNAS appliance on loopback: real SSH, its own `midclt`, middleware, pools and clock. */
export class SimulatedTrueNas {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly faults: Faults;
  /** Files as root sees them at the appliance itself. */
  readonly console: Console;
  /** The appliance's own time. Advancing it runs snapshot tasks, expiry and scrubs as they fall due, in order. */
  readonly clock: ApplianceClock;
  readonly #state: ApplianceState;
  readonly #world: World;
  readonly #member: Member;
  readonly #plan: FaultPlan;
  readonly #middleware: Middleware;
  readonly #server: SshServer;
  readonly #spec: ApplianceSpec;
  readonly #processes: Processes;
  readonly #mains = new Mains({
    listen: () => this.#server.listen(),
    hangUp: () => this.#server.close(),
    forget: () => this.#forget(),
  });

  private constructor(spec: ApplianceSpec, options: ApplianceOptions) {
    const dir = resolve(options.dir);
    mkdirSync(dir, { recursive: true });
    this.name = spec.name;
    this.#spec = spec;
    this.#state = new ApplianceState(dir);
    this.#world = options.world ?? new World(options.now === undefined ? {} : { now: options.now });
    this.console = new Console(this.#state, this.#world.clock);
    this.#plan = new FaultPlan();
    const hostKey = keptKey(join(dir, "host_key"));
    this.#member = memberOf({
      name: spec.name,
      hostKey: spec.hostKey ?? publicHalf(hostKey),
      hostnames: new Map(Object.entries(spec.hostnames ?? {})),
      dialect: dialectOf(spec.version ?? DEFAULT_VERSION),
      state: this.#state,
      faults: this.#plan,
      mains: this.#mains,
      call: (method, ...params) => this.call(method, ...params),
    });
    this.#world.join(this.#member);
    if (options.disksFrom !== undefined) insertDisksOf(this.#state, options.disksFrom);
    if (options.configuration !== undefined) restoreConfiguration(this.#state, options.configuration);
    furnish(this.#state, spec, this.#world.clock.time);
    this.#middleware = new Middleware({
      name: spec.name,
      state: this.#state,
      surroundings: this.#world,
      version: spec.version ?? DEFAULT_VERSION,
      hostnames: new Map(Object.entries(spec.hostnames ?? {})),
      methods: methodsOf(dialectOf(spec.version ?? DEFAULT_VERSION)),
      faults: this.#plan,
    });
    this.#processes = new Processes({
      middleware: this.#middleware,
      state: this.#state,
      faults: this.#plan,
      dialect: dialectOf(spec.version ?? DEFAULT_VERSION),
      delayMs: options.processDelayMs ?? 0,
      sudoers: (user) => sudoersOf(this.#state, user),
    });
    this.#plan.onRestart = () => this.#middleware.restart();
    this.#plan.onCut = () => this.#mains.cut();
    this.#state.networkReverted = () => this.#mains.mend();
    const clientKeyFile = join(dir, "client_key");
    const authorizedKey = publicHalf(keptKey(clientKeyFile));
    this.#server = new SshServer({
      hostKey,
      authorizedKey,
      users: ["root", "truenas_admin", ...(spec.users ?? [])],
      refusesLogin: () => this.#plan.take("refuseLogin") !== undefined,
      refusesChannel: () => this.#plan.take("refuseChannel") !== undefined,
      presentsForeignKey: () => this.#plan.take("wrongHostKey") !== undefined,
      loggedIn: () => {
        this.#middleware.trace.counters.sshConnections += 1;
      },
      run: (exec) => this.#processes.run(exec),
    });
    const server = this.#server;
    this.endpoint = {
      host: "127.0.0.1",
      get port() {
        return server.port;
      },
      user: "root",
      hostKey: publicHalf(hostKey),
      privateKeyFile: clientKeyFile,
    };
    this.clock = {
      now: () => this.#world.now(),
      advance: (ms) => this.#world.advance(ms),
    };
    this.faults = new Faults(this.#plan, {
      state: this.#state,
      listen: () => this.#mains.plug(),
      hangUp: () => this.#mains.unplug(),
      restartMiddleware: () => this.#middleware.restart(),
      now: () => this.#world.clock.time,
      diskFails: (serial, condition) => tellOfDisk(deskOf(this.#member, this.#world), serial, condition),
    });
  }

  /** Starts an appliance, or continues the one whose state is in `options.dir`; new disks of the spec are added. */
  static async start(spec: ApplianceSpec, options: ApplianceOptions): Promise<SimulatedTrueNas> {
    const appliance = new SimulatedTrueNas(spec, options);
    await appliance.#server.listen();
    return appliance;
  }

  /** The world that it is in: its clock, the other appliances, the cloud. */
  get world(): World {
    return this.#world;
  }

  /** What came over SSH since the counters were last reset. */
  get counters(): Readonly<Counters> {
    return { ...this.#middleware.trace.counters };
  }

  /** Every logical call that came over SSH since the counters were last reset, in the order in which they ended. */
  get calls(): readonly TracedCall[] {
    return this.#middleware.trace.calls;
  }

  /** Every command line that was ever started on it, as its process list shows to all who look. */
  get processes(): readonly string[] {
    return this.#processes.started;
  }

  /** Every snapshot that this appliance's replications sent or fetched since it was started. */
  get transfers(): readonly Transfer[] {
    return this.#state.transfers;
  }

  /** Starts counting from zero and forgets the calls so far. */
  resetCounters(): void {
    this.#middleware.trace.reset();
  }

  /** Somebody else acting on the appliance, for instance in its GUI: not counted, not traced, untouched by faults. */
  async call(method: string, ...params: unknown[]): Promise<unknown> {
    if (!this.#mains.powered) throw new Error(`${this.name} is switched off; switch it on first`);
    return plain(await this.#middleware.call(method, params, "gui"));
  }

  /** A machine that uses disks of the appliance. */
  initiator(initiator: Initiator): IscsiInitiator {
    return new IscsiInitiator(this.#state, initiator);
  }

  /** A consumer of one of the appliance's shares. */
  client(consumer: Consumer): ShareClient {
    const hostnames = new Map(Object.entries(this.#spec.hostnames ?? {}));
    return new ShareClient(this.#state, hostnames, consumer, this.#world.clock);
  }

  /** Stops listening, leaves the world and lets go of the state; the directory can be started again. */
  async stop(): Promise<void> {
    if (!this.#world.leave(this.#member)) return;
    await this.#server.close();
    this.#state.close();
  }

  #forget(): void {
    this.#middleware.restart();
    this.#state.failingServices.clear();
    for (const pool of this.#state.poolConditions.keys()) this.#state.poolConditions.delete(pool);
  }
}
