import { SshMachine } from "./ssh-machine.ts";

const TOOLS = ["sudo", "curl", "k3s", "systemctl", "apt-get", "dpkg", "mount", "mountpoint", "hostname"];

/** A simulated machine that cloud-init has set up: one account with sudo, and what is needed to install K3s. */
export class SimulatedLinux extends SshMachine {
  private constructor(dir: string, user: string) {
    super({ dir, user, tool: new URL("linux-tool", import.meta.url), tools: TOOLS });
  }

  /** Installs a machine into a folder, or goes on with the one that is there, and switches it on. */
  static async start(dir: string, user: string): Promise<SimulatedLinux> {
    const machine = new SimulatedLinux(dir, user);
    await machine.listen();
    return machine;
  }
}
