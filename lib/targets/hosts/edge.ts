import type { HostsTargetSettings, Machine } from "../../environment/environment.ts";
import { parseRouted, parseServers, type Routed, type Routing, type Server } from "./haproxy.ts";
import { after, Ledger, type LedgerRecord, recordOf } from "./ledger.ts";
import { openShell } from "./open-shell.ts";

/** One machine with HAProxy, by its program `sluice-edge`, which alone decides who may change anything there. */
export class Edge extends Ledger {
  constructor(machine: Machine, environment: string, settings: HostsTargetSettings) {
    const program = `${settings.programs}/sluice-edge`;
    const command: [string, ...string[]] = machine.sudo
      ? ["sudo", "-n", program, environment]
      : [program, environment];
    super(machine.name, openShell(machine, settings), command);
  }

  async status(): Promise<{ record: LedgerRecord; servers: Server[] }> {
    const text = await this.call("status", []);
    return { record: recordOf(text), servers: parseServers(after(text, "stat=")) };
  }

  /** Sets the weights and returns each server's, as it was read back. */
  async route({ weights, servers }: Routing, token: number): Promise<Routed> {
    const own = [...servers].map(([name, weight]) => `${name}=${weight}`);
    const args = [String(token), String(weights.blue), String(weights.green), ...own];
    return parseRouted(await this.call("route", args));
  }

  past(): Promise<string> {
    return this.call("past", []);
  }
}
