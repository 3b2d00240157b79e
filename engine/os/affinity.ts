import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

const THREADS = ["gateway", "core", "journal"] as const;
export type ThreadName = (typeof THREADS)[number];

/** CPU numbers for each thread; none leaves a thread where it is. */
export type AffinityPlan = Record<ThreadName, number[]>;

/** What was wanted for a thread and what came of it. */
export interface Pinned {
  planned: string;
  actual: string;
  /** Why the two differ. */
  why?: string;
}

/** For a machine without a free CPU: a thread that stayed where it was would stay there for the engine's whole life. */
const TASKSET_LIMIT_MS = 20_000;

/**
 * A CPU to each busy thread, as far as there are enough. The core gets one to itself first, since it is the one
 * that everybody waits for; with four or more the lowest is left to interrupts and the rest of the machine.
 */
export function planAffinity(cpus: readonly number[]): AffinityPlan {
  const [first, second, third, fourth] = cpus;
  if (first === undefined || second === undefined) return { gateway: [], core: [], journal: [] };
  if (third === undefined) return { gateway: [first], core: [second], journal: [first] };
  if (fourth === undefined) return { gateway: [first], core: [second], journal: [third] };
  return { gateway: [second], core: [third], journal: [fourth] };
}

/** Where threads go that nobody waits for: beside the hot ones, as far as there is room. They would inherit the gateway's CPU. */
export function followerCpus(cpus: readonly number[]): number[] {
  if (cpus.length < 4) return cpus.slice(0, 1);
  return [...cpus.slice(0, 1), ...cpus.slice(4)];
}

/** The CPUs that this process may use: what a container or systemd left to it, not what the machine has. */
export function allowedCpus(): number[] {
  return parseCpuList(allowedOf("/proc/self/status"));
}

/** `0-2,5` as numbers. */
export function parseCpuList(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [from, to] = part.split("-").map(Number);
    if (from === undefined || Number.isNaN(from) || part === "") return [];
    return Array.from({ length: (to ?? from) - from + 1 }, (_, offset) => from + offset);
  });
}

/** Pins the thread that calls this, and reads back where it is. Never fails: it tells. */
export function pinThisThread(cpus: readonly number[]): Pinned {
  const planned = cpus.join(",");
  if (process.platform !== "linux") return { planned, actual: "unknown", why: "not Linux" };
  if (cpus.length === 0) return { planned, actual: allowedOf(STATUS), why: "nothing planned" };
  const failure = runTaskset(planned);
  const actual = allowedOf(STATUS);
  const isThere = parseCpuList(actual).join(",") === planned;
  return isThere
    ? { planned, actual }
    : { planned, actual, why: failure ?? "the kernel kept others" };
}

const STATUS = "/proc/thread-self/status";

/** taskset is on every Linux host, takes thread ids, and is needed once: no native module has to be built for it. */
function runTaskset(cpus: string): string | null {
  // A link of the calling thread's own: PID/task/TID.
  const thread = readlinkSync("/proc/thread-self").split("/").at(-1) ?? "";
  const ran = spawnSync("taskset", ["-cp", cpus, thread], {
    encoding: "utf8",
    timeout: TASKSET_LIMIT_MS,
  });
  if (ran.error !== undefined) return ran.error.message;
  return ran.status === 0 ? null : ran.stderr.trim();
}

function allowedOf(status: string): string {
  try {
    return /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync(status, "utf8"))?.[1] ?? "unknown";
  } catch {
    return "unknown";
  }
}
