import type { HostsTargetSettings, Machine } from "../../environment/environment.ts";
import { SluiceError } from "../../error.ts";
import type { RolloutState } from "../../rollout/state.ts";
import type { Holder, Lease, Weights } from "../target.ts";
import { abandonment } from "./abandoned.ts";
import { decode, encode, fault, fields, numberOf, REFUSED } from "./answer.ts";
import { parseRouted, parseServers, type Routed, type Server } from "./haproxy.ts";
import { openShell } from "./open-shell.ts";
import type { Shell } from "./shell.ts";

/** What one edge has on record. */
export interface EdgeRecord {
  /** The edge's own clock. */
  nowMs: number;
  version: number;
  lastToken: number;
  weights: Weights;
  lease: Lease | null;
}

/** One machine with HAProxy, by its program `sluice-edge`, which alone decides who may change anything there. */
export class Edge {
  readonly name: string;
  readonly #shell: Shell;
  readonly #command: [string, ...string[]];

  constructor(machine: Machine, environment: string, settings: HostsTargetSettings) {
    this.name = machine.name;
    this.#shell = openShell(machine, settings);
    const program = `${settings.programs}/sluice-edge`;
    this.#command = machine.sudo ? ["sudo", "-n", program, environment] : [program, environment];
  }

  async read(): Promise<{ record: EdgeRecord; stateText: string }> {
    const text = await this.#call("read", []);
    return { record: recordOf(text), stateText: after(text, "state=").trim() };
  }

  async status(): Promise<{ record: EdgeRecord; servers: Server[] }> {
    const text = await this.#call("status", []);
    return { record: recordOf(text), servers: parseServers(after(text, "stat=")) };
  }

  async acquire(holder: Holder, token: number, leaseMs: number): Promise<EdgeRecord> {
    const asked = [String(token), ms(leaseMs), encode(holder.key), encode(JSON.stringify(holder))];
    return recordOf(await this.#call("acquire", asked));
  }

  async renew(token: number, leaseMs: number): Promise<EdgeRecord> {
    return recordOf(await this.#call("renew", [String(token), ms(leaseMs)]));
  }

  async check(token: number): Promise<EdgeRecord> {
    return recordOf(await this.#call("check", [String(token)]));
  }

  async release(token: number): Promise<void> {
    await this.#call("release", [String(token)]);
  }

  /** With what becomes of the state when nobody renews; `from` is `any` where another edge has decided already. */
  async write(
    next: RolloutState,
    {
      from,
      to,
      token,
      holder,
    }: { from: number | "any"; to: number; token: number; holder: string },
  ): Promise<void> {
    const { weights, state } = abandonment(next, holder);
    const revert = weights === null ? "keep" : `${weights.blue}:${weights.green}`;
    const input = `${JSON.stringify(next)}\n${state === null ? "" : JSON.stringify(state)}\n`;
    await this.#call(
      "write",
      [String(token), String(from), String(to), revert, String(Buffer.byteLength(input))],
      input,
    );
  }

  /** Sets the weights and returns each server's, as it was read back. */
  async route({ blue, green }: Weights, token: number): Promise<Routed> {
    return parseRouted(await this.#call("route", [String(token), String(blue), String(green)]));
  }

  past(): Promise<string> {
    return this.#call("past", []);
  }

  async #call(verb: string, args: readonly string[], input = ""): Promise<string> {
    const answer = await this.#shell.run([...this.#command, verb, ...args], { input });
    if (answer.code === 0) return answer.stdout;
    if (answer.code === REFUSED) throw this.#refusal(answer.stdout);
    throw fault(this.name, verb, answer);
  }

  #refusal(text: string): SluiceError {
    const values = new Map(fields(text));
    const lease = leaseOf(values);
    switch (values.get("error")) {
      case "lease-held":
        return heldBy(lease, this.name);
      case "lost-race":
        return new SluiceError("lost-race", `the state on ${this.name} was changed meanwhile`, {
          hint: "read it again and decide anew; somebody else wrote in between",
        });
      case "slot-down":
        return new SluiceError(
          "refused",
          `${values.get("slot")} has nobody whom HAProxy on ${this.name} sees up, and cannot be given traffic`,
          { hint: `place a release on ${values.get("slot")} first` },
        );
      case "lease-lost":
        return lostLease(lease, this.name);
      default:
        return new SluiceError("internal", `${this.name} refused: ${text.trim()}`);
    }
  }
}

function ms(value: number): string {
  return String(Math.ceil(value));
}

function after(text: string, mark: string): string {
  const at = text.indexOf(`\n${mark}`);
  return at < 0 ? "" : text.slice(at + 1 + mark.length);
}

function recordOf(text: string): EdgeRecord {
  const values = new Map(fields(text.split(/^(?:state|stat)=/m)[0] ?? ""));
  return {
    nowMs: numberOf(values, "now"),
    version: numberOf(values, "version"),
    lastToken: numberOf(values, "last_token"),
    weights: { blue: numberOf(values, "blue"), green: numberOf(values, "green") },
    lease: leaseOf(values),
  };
}

function leaseOf(values: ReadonlyMap<string, string>): Lease | null {
  const token = numberOf(values, "lease_token");
  if (token === 0) return null;
  const sinceMs = numberOf(values, "lease_since");
  const expiresAtMs = numberOf(values, "lease_expires");
  const holder = JSON.parse(decode(values.get("lease_holder") ?? "")) as Holder;
  return { holder, token, sinceMs, expiresAtMs };
}

function heldBy(lease: Lease | null, edge: string): SluiceError {
  const who = lease?.holder.description ?? "somebody";
  const since = new Date(lease?.sinceMs ?? 0).toISOString();
  const until = new Date(lease?.expiresAtMs ?? 0).toISOString();
  return new SluiceError("lease-held", `a rollout is held by ${who} since ${since} (on ${edge})`, {
    hint: `wait for it to end; if it vanished, its lease runs out at ${until}`,
  });
}

function lostLease(lease: Lease | null, edge: string): SluiceError {
  const now = lease ? `${lease.holder.description} has it now` : "nobody has it now";
  return new SluiceError("lease-lost", `the lease ran out or was taken over; ${now} (on ${edge})`, {
    hint: "stop acting on this target; look at its status and run the job again",
  });
}
