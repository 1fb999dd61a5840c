import { createServer, type Server as NetServer, type Socket } from "node:net";
import type { AuthContext, CompressionAlgorithm, Connection, ParsedKey, ServerChannel } from "ssh2";
import ssh2 from "ssh2";

const { Server, utils } = ssh2;

/** A freshly made key pair, both halves in OpenSSH's format. */
export interface KeyPair {
  readonly private: string;
  /** `ssh-ed25519 AAAA…` */
  readonly public: string;
}

/** Makes an ed25519 key pair. */
export function generateKeyPair(): KeyPair {
  // About one pair in two hundred that ssh2 makes is malformed, so each is tried before it is handed out.
  for (;;) {
    const pair = utils.generateKeyPairSync("ed25519");
    const key = utils.parseKey(pair.private);
    const probe = Buffer.from("probe");
    if (key instanceof Error || Array.isArray(key)) continue;
    const signature = key.sign(probe);
    if (!(signature instanceof Error) && key.verify(probe, signature) === true) return pair;
  }
}

const publicHalves = new Map<string, string>();

/** The public half of a private key in OpenSSH's one-line form, without comment; throws for what is no private key. */
export function publicHalf(privateKey: string): string {
  const known = publicHalves.get(privateKey);
  if (known !== undefined) return known;
  const key = parsed(privateKey);
  const half = `${key.type} ${key.getPublicSSH().toString("base64")}`;
  publicHalves.set(privateKey, half);
  return half;
}

function parsed(text: string): ParsedKey {
  const key = utils.parseKey(text);
  if (key instanceof Error) throw key;
  return Array.isArray(key) ? (key[0] as ParsedKey) : key;
}

/** One exec request: the command line as it came, who sent it, and where its output goes. */
export interface Exec {
  readonly command: string;
  readonly user: string;
  /** All of standard input, once the client has closed it. */
  input(): Promise<string>;
  out(text: string): void;
  err(text: string): void;
  /** Cuts the whole TCP connection, as a failing network does. */
  drop(): void;
}

/** What the server asks the appliance. */
export interface SshHost {
  readonly hostKey: string;
  readonly authorizedKey: string;
  readonly users: readonly string[];
  /** True when this login must be turned away. */
  refusesLogin(): boolean;
  /** True when this connection is to see a host key that nobody pinned. */
  presentsForeignKey(): boolean;
  /** True when no channel is to be opened for this session. */
  refusesChannel(): boolean;
  loggedIn(): void;
  /** Runs a command; resolves with its exit code, or undefined when the connection is gone. */
  run(exec: Exec): Promise<number | undefined>;
}

// ssh2 takes packets of up to 35,000 bytes, OpenSSH of up to 256 KiB, and a bulk is sent as one packet. Offering
// compression only makes clients compress, which brings any JSON that the middleware would take below ssh2's limit.
const COMPRESSION: CompressionAlgorithm[] = ["zlib@openssh.com", "zlib"];

/** A real SSH server on loopback: public key logins, exec requests, nothing else. */
export class SshServer {
  readonly #host: SshHost;
  readonly #sockets = new Set<Socket>();
  #net: NetServer | undefined;
  #port = 0;

  constructor(host: SshHost) {
    this.#host = host;
  }

  /** The port that was assigned, also while the server does not listen. */
  get port(): number {
    return this.#port;
  }

  /** Listens on 127.0.0.1: the first time on a free port, later on the same one. */
  async listen(): Promise<void> {
    if (this.#net !== undefined) return;
    const net = createServer((socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      net.once("error", reject);
      net.listen(this.#port, "127.0.0.1", resolve);
    });
    const address = net.address();
    this.#port = typeof address === "object" && address !== null ? address.port : this.#port;
    this.#net = net;
  }

  /** Stops listening and cuts every connection. */
  async close(): Promise<void> {
    const net = this.#net;
    this.#net = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (net !== undefined) await new Promise<void>((resolve) => net.close(() => resolve()));
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.setNoDelay(true);
    const key = this.#host.presentsForeignKey() ? generateKeyPair().private : this.#host.hostKey;
    const server = new Server({ hostKeys: [key], algorithms: { compress: COMPRESSION } }, (connection) =>
      this.#serve(connection, socket),
    );
    server.on("error", () => socket.destroy());
    server.injectSocket(socket);
  }

  #serve(connection: Connection, socket: Socket): void {
    let user = "";
    // Clients that hang up in the middle of the handshake surface here; there is nobody left to tell.
    connection.on("error", () => socket.destroy());
    connection.on("authentication", (context) => {
      user = context.username;
      if (this.#accepts(context)) context.accept();
      else context.reject(["publickey"]);
    });
    connection.on("ready", () => {
      this.#host.loggedIn();
      connection.on("session", (accept, reject) => {
        if (this.#host.refusesChannel()) return reject();
        const session = accept();
        session.on("exec", (acceptExec, _reject, info) => this.#exec(acceptExec(), info.command, user, socket));
      });
    });
  }

  #accepts(context: AuthContext): boolean {
    if (context.method !== "publickey" || !this.#host.users.includes(context.username)) return false;
    const key = parsed(this.#host.authorizedKey);
    if (context.key.algo !== key.type || !context.key.data.equals(key.getPublicSSH())) return false;
    // Without a signature the client only asks whether the key would do.
    if (context.signature === undefined) return true;
    if (context.blob === undefined || key.verify(context.blob, context.signature, context.hashAlgo) !== true)
      return false;
    return !this.#host.refusesLogin();
  }

  #exec(channel: ServerChannel, command: string, user: string, socket: Socket): void {
    let open = true;
    channel.on("close", () => {
      open = false;
    });
    channel.on("error", () => undefined);
    const input = everythingFrom(channel);
    const exec: Exec = {
      command,
      user,
      input: () => input,
      out: (text) => void (open && channel.write(text)),
      err: (text) => void (open && channel.stderr.write(text)),
      drop: () => socket.destroy(),
    };
    this.#host.run(exec).then(
      (status) => {
        if (!open || status === undefined) return;
        channel.exit(status);
        channel.end();
      },
      (error: unknown) => {
        exec.err(`the simulated appliance failed: ${error instanceof Error ? error.stack : String(error)}\n`);
        if (open) {
          channel.exit(70);
          channel.end();
        }
      },
    );
  }
}

function everythingFrom(channel: ServerChannel): Promise<string> {
  const chunks: Buffer[] = [];
  channel.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    const settle = () => resolve(Buffer.concat(chunks).toString("utf8"));
    channel.once("end", settle);
    channel.once("close", settle);
  });
}
