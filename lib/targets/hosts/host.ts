import type { HostsTargetSettings, Machine } from "../../environment/environment.ts";
import { type ErrorCode, SluiceError } from "../../error.ts";
import type { Digest } from "../../units/digest.ts";
import { SLOTS, type Slot } from "../../units/slot.ts";
import type { Release } from "../target.ts";
import { decode, encode, fault, fields, numberOf, REFUSED } from "./answer.ts";
import { Ledger } from "./ledger.ts";
import { openShell } from "./open-shell.ts";
import type { RunOptions, Shell } from "./shell.ts";
import type { UnitFiles } from "./unit-files.ts";

/** What systemd says of the instance in one slot. */
export interface SlotUnit {
  digest: Digest;
  active: boolean;
  pid: number;
  restarts: number;
}

export interface HostStatus {
  slots: Record<Slot, SlotUnit | null>;
  /** Whose bytes are here, newest first. */
  releases: Release[];
}

/** An archive may be large, and the way to the machine slow. */
const TRANSFER_MS = 15 * 60_000;
/** Unpacking, and stopping what was there. */
const PLACE_MS = 3 * 60_000;
/** Beyond the time that a command may take beside stable: starting it, and ending it. */
const SHADOW_MARGIN_MS = 30_000;

/** One machine with two slots, by its program `sluice-host`. */
export class Host {
  readonly machine: Machine;
  /** Its vote, where there is an even number of edges. */
  readonly ledger: Ledger;
  readonly #shell: Shell;
  readonly #command: [string, ...string[]];

  constructor(machine: Machine, environment: string, settings: HostsTargetSettings) {
    this.machine = machine;
    this.#shell = openShell(machine, settings);
    const program = `${settings.programs}/sluice-host`;
    this.#command = machine.sudo ? ["sudo", "-n", program, environment] : [program, environment];
    this.ledger = new Ledger(machine.name, this.#shell, [...this.#command, "ledger"]);
  }

  async list(): Promise<HostStatus> {
    return statusOf(await this.#call("list", []));
  }

  async put(release: Release, file: string, signal?: AbortSignal): Promise<void> {
    const { name, version, commit, digest } = release;
    const meta = encode(JSON.stringify({ name, version, commit, digest }));
    await this.#call("put", [hex(digest), meta], {
      input: { file },
      timeoutMs: TRANSFER_MS,
      ...given(signal),
    });
  }

  /** The bytes of a release that is here, into a file of this machine. */
  async get(digest: Digest, file: string): Promise<void> {
    await this.#call("get", [hex(digest)], { output: { file }, timeoutMs: TRANSFER_MS });
  }

  async place(
    slot: Slot,
    digest: Digest,
    token: number,
    files: UnitFiles,
    signal?: AbortSignal,
  ): Promise<void> {
    const input = `${encode(files.variables)}\n${encode(files.start)}\n`;
    const options = { input, timeoutMs: PLACE_MS, ...given(signal) };
    await this.#call("place", [slot, hex(digest), String(token)], options);
  }

  /** Whether its program is one that knows `shadow`, and there is what it needs. */
  async mustShadow(): Promise<void> {
    try {
      await this.#call("can-shadow", []);
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== "refused") throw error;
      throw new SluiceError(
        "unsupported",
        `${this.machine.name} can run nothing beside stable: ${error.message}`,
        {
          hint: "run the playbook of hosts/ of this version for it. Nothing was placed",
          cause: error,
        },
      );
    }
  }

  /** Runs a command of what is placed in the slot to its end; what it wrote last comes with how it ended. */
  async shadow(
    slot: Slot,
    token: number,
    timeoutMs: number,
    files: UnitFiles,
    signal?: AbortSignal,
  ): Promise<{ code: number; isLate: boolean; lastLines: string }> {
    const seconds = Math.ceil(timeoutMs / 1_000);
    const input = `${encode(files.variables)}\n${encode(files.start)}\n`;
    const patienceMs = 1_000 * seconds + SHADOW_MARGIN_MS;
    const options = { input, timeoutMs: patienceMs, ...given(signal) };
    const answer = await this.#call("shadow", [slot, String(token), String(seconds)], options);
    const values = new Map(fields(answer));
    const lastLines = decode(values.get("output") ?? "").trimEnd();
    const isLate = values.get("late") === "1";
    return { code: numberOf(values, "code"), isLate, lastLines };
  }

  async stop(slot: Slot, token: number): Promise<void> {
    await this.#call("stop", [slot, String(token)], { timeoutMs: PLACE_MS });
  }

  /** What files of /proc and /sys hold, as `PATH:LINE`, one `*` in a path standing for any name. */
  kernelSettings(patterns: readonly string[]): Promise<string> {
    return this.#call("kernel", [], { input: `${patterns.join("\n")}\n` });
  }

  /** The last lines of what was started last in the slot. */
  async log(slot: Slot): Promise<string> {
    return (await this.#call("log", [slot])).trim();
  }

  async #call(verb: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    const answer = await this.#shell.run([...this.#command, verb, ...args], options);
    if (answer.code === 0) return answer.stdout;
    if (answer.code === REFUSED) throw refusal(this.machine.name, verb, args, answer.stdout);
    throw fault(this.machine.name, verb, answer);
  }
}

function given(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}

function hex(digest: Digest): string {
  return digest.slice("sha256:".length);
}

const REFUSALS: ReadonlySet<string> = new Set<ErrorCode>([
  "lease-lost",
  "digest-mismatch",
  "no-such-release",
  "refused",
  "invalid-input",
]);

function refusal(
  machine: string,
  verb: string,
  args: readonly string[],
  text: string,
): SluiceError {
  const values = new Map(fields(text));
  const code = values.get("error") ?? "";
  const message = values.get("message") ?? code;
  if (!REFUSALS.has(code)) return new SluiceError("internal", `${machine} refused: ${text.trim()}`);
  if (code === "digest-mismatch") {
    const promised = `sha256:${args[verb === "put" ? 0 : 1]}`;
    return new SluiceError(
      code,
      `what came to ${machine} has ${message}, promised was ${promised}`,
      {
        hint: "the bytes changed on their way; nothing was unpacked, so deploy again",
      },
    );
  }
  return new SluiceError(code as ErrorCode, `${machine}: ${message}`);
}

function statusOf(text: string): HostStatus {
  const slots: Record<Slot, SlotUnit | null> = { blue: null, green: null };
  const releases: Release[] = [];
  let unit: SlotUnit | null = null;
  for (const [key, value] of fields(text)) {
    const slot = SLOTS.find((one) => key === "slot" && one === value);
    if (slot) {
      unit = { digest: "sha256:" as Digest, active: false, pid: 0, restarts: 0 };
      slots[slot] = unit;
    }
    if (key === "release") releases.push(...releaseOf(value));
    if (!unit) continue;
    if (key === "digest") unit.digest = `sha256:${value}` as Digest;
    if (key === "ActiveState") unit.active = value === "active";
    if (key === "MainPID") unit.pid = Number(value);
    if (key === "NRestarts") unit.restarts = Number(value);
  }
  return { slots, releases };
}

/** `HEX META`; without its names nobody can tell it from others, so it does not count. */
function releaseOf(value: string): Release[] {
  const [, meta = ""] = value.split(" ");
  return meta === "" ? [] : [JSON.parse(decode(meta)) as Release];
}
