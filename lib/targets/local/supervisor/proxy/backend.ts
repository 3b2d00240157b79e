import { Agent } from "node:http";
import { nothingSeen } from "../../../../metrics/seen.ts";
import type { AnySlot } from "../../../target.ts";
import type { Tunnel } from "./tunnel.ts";

/** Shorter than any server's own patience that we know of, so that we close an idle connection, not it. */
const IDLE_MS = 4_000;

/** One instance as the proxy sees it. */
export class Backend {
  readonly slot: AnySlot;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  readonly agent = new Agent({ keepAlive: true, timeout: IDLE_MS, scheduling: "lifo" });
  readonly tunnels = new Set<Tunnel>();
  /** What clients got of it. */
  readonly seen = nothingSeen();
  inFlight = 0;
  /** Out of rotation when false. */
  isUp = true;

  constructor(slot: AnySlot, version: string, host: string, port: number) {
    this.slot = slot;
    this.version = version;
    this.host = host;
    this.port = port;
  }

  /** Idle connections go; those with a request in hand end with it. */
  closeIdle(): void {
    for (const sockets of Object.values(this.agent.freeSockets))
      for (const socket of sockets ?? []) socket.destroy();
  }

  closeTunnels(): void {
    for (const tunnel of this.tunnels) tunnel.goAway();
  }
}
