import { SluiceError } from "../../error.ts";
import type { Holder, Lease, Version, Weights } from "../target.ts";
import { decode, encode, fault, fields, numberOf, REFUSED } from "./answer.ts";
import { serversOf } from "./haproxy.ts";
import type { Shell } from "./shell.ts";

/** What one machine has on record. */
export interface LedgerRecord {
  /** The machine's own clock. */
  nowMs: number;
  version: Version;
  lastToken: number;
  weights: Weights;
  /** Weights of servers that have their own, whatever their slot's is. */
  servers: Map<string, number>;
  lease: Lease | null;
}

/** A state, and what becomes of it when nobody renews, as the machines keep them. */
export interface Entry {
  text: string;
  abandoned: string;
  /** Where traffic goes then; null leaves it where it is. */
  revert: Weights | null;
}

/** One machine that has a say in who may change what. Each decides alone; together they are a council. */
export interface Voter {
  readonly name: string;
  read(): Promise<{ record: LedgerRecord; stateText: string }>;
  /** `lease-held` while somebody else has it; `lost-race` when `token` is no larger than one that was here. */
  acquire(holder: Holder, token: number, leaseMs: number): Promise<LedgerRecord>;
  renew(token: number, leaseMs: number): Promise<LedgerRecord>;
  check(token: number): Promise<LedgerRecord>;
  release(token: number): Promise<void>;
  /** `lost-race` when it has another version than `from`, unless that is `any`. */
  write(entry: Entry, to: { token: number; from: Version | "any"; count: number }): Promise<void>;
}

/** The ledger of a machine, by one of its programs: `sluice-edge ENV` or `sluice-host ENV ledger`. */
export class Ledger implements Voter {
  readonly name: string;
  readonly #shell: Shell;
  readonly #command: [string, ...string[]];

  constructor(name: string, shell: Shell, command: [string, ...string[]]) {
    this.name = name;
    this.#shell = shell;
    this.#command = command;
  }

  async read(): Promise<{ record: LedgerRecord; stateText: string }> {
    const text = await this.call("read", []);
    return { record: recordOf(text), stateText: after(text, "state=").trim() };
  }

  async acquire(holder: Holder, token: number, leaseMs: number): Promise<LedgerRecord> {
    const asked = [String(token), ms(leaseMs), encode(holder.key), encode(JSON.stringify(holder))];
    return recordOf(await this.call("acquire", asked));
  }

  async renew(token: number, leaseMs: number): Promise<LedgerRecord> {
    return recordOf(await this.call("renew", [String(token), ms(leaseMs)]));
  }

  async check(token: number): Promise<LedgerRecord> {
    return recordOf(await this.call("check", [String(token)]));
  }

  async release(token: number): Promise<void> {
    await this.call("release", [String(token)]);
  }

  async write(
    { text, abandoned, revert }: Entry,
    { token, from, count }: { token: number; from: Version | "any"; count: number },
  ): Promise<void> {
    const input = `${text}\n${abandoned}${abandoned === "" ? "" : "\n"}`;
    const back = revert === null ? "keep" : `${revert.blue}:${revert.green}`;
    const size = String(Buffer.byteLength(input));
    await this.call("write", [String(token), from, String(count), back, size], input);
  }

  /** Runs a verb of the program; a refusal by its rules is an error with its code. */
  async call(verb: string, args: readonly string[], input = ""): Promise<string> {
    const answer = await this.#shell.run([...this.#command, verb, ...args], { input });
    if (answer.code === 0) return answer.stdout;
    if (answer.code === REFUSED) throw refusal(this.name, answer.stdout);
    throw fault(this.name, verb, answer);
  }
}

function ms(value: number): string {
  return String(Math.ceil(value));
}

export function after(text: string, mark: string): string {
  const at = text.indexOf(`\n${mark}`);
  return at < 0 ? "" : text.slice(at + 1 + mark.length);
}

export function recordOf(text: string): LedgerRecord {
  const values = new Map(fields(text.split(/^(?:state|stat)=/m)[0] ?? ""));
  const version = values.get("version") ?? "";
  if (!/^\d+(\.\d+\.[01])?$/.test(version)) numberOf(values, "version");
  return {
    nowMs: numberOf(values, "now"),
    version: version as Version,
    lastToken: numberOf(values, "last_token"),
    weights: { blue: numberOf(values, "blue"), green: numberOf(values, "green") },
    servers: serversOf(values.get("servers") ?? ""),
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

function refusal(machine: string, text: string): SluiceError {
  const values = new Map(fields(text));
  const code = values.get("error");
  switch (code) {
    case "lease-held":
      return heldBy(leaseOf(values), machine);
    case "lost-race":
      return new SluiceError("lost-race", `the state on ${machine} was changed meanwhile`, {
        hint: "read it again and decide anew; somebody else wrote in between",
      });
    case "slot-down":
      return new SluiceError(
        "refused",
        `${values.get("slot")} has nobody whom HAProxy on ${machine} sees up, and cannot be given traffic`,
        { hint: `place a release on ${values.get("slot")} first` },
      );
    case "lease-lost":
      return lostLease(leaseOf(values), machine);
    default:
      return new SluiceError("internal", `${machine} refused: ${text.trim()}`);
  }
}

export function heldBy(lease: Lease | null, machine: string): SluiceError {
  const who = lease?.holder.description ?? "somebody";
  const since = new Date(lease?.sinceMs ?? 0).toISOString();
  const until = new Date(lease?.expiresAtMs ?? 0).toISOString();
  return new SluiceError(
    "lease-held",
    `a rollout is held by ${who} since ${since} (on ${machine})`,
    {
      hint: `wait for it to end; if it vanished, its lease runs out at ${until}`,
    },
  );
}

function lostLease(lease: Lease | null, machine: string): SluiceError {
  const now = lease ? `${lease.holder.description} has it now` : "nobody has it now";
  return new SluiceError(
    "lease-lost",
    `the lease ran out or was taken over; ${now} (on ${machine})`,
    {
      hint: "stop acting on this target; look at its status and run the job again",
    },
  );
}
