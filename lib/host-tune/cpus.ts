import { SluiceError } from "../error.ts";
import { type Contents, matchesOf } from "./contents.ts";
import { formatCpuList, parseCpuList } from "./cpu-set.ts";

/** Which CPUs do what. */
export interface CpuPlan {
  /** The operating system, interrupts, everything else. */
  housekeeping: number[];
  /** The engine's hot threads. */
  engine: number[];
  /** Whether the engine has its CPUs to itself. */
  exclusive: boolean;
  /** The memory node that all of the engine's CPUs are on; null when they are on several, or nobody knows. */
  node: number | null;
}

/** CPUs by memory node. */
export type Nodes = ReadonlyMap<number, readonly number[]>;

export interface CpuFacts {
  /** Those that a process may use as long as nobody asked for others. */
  allowed: readonly number[];
  /** Those that the kernel was booted to leave alone: they are in no process's list by itself. */
  isolated: readonly number[];
  nodes: Nodes;
}

const STATUS = "proc/self/status";
const ISOLATED = "sys/devices/system/cpu/isolated";
const NODES = "sys/devices/system/node/node*/cpulist";

/** Files that `cpuFactsOf` looks into. */
export const CPU_FILES = [STATUS, ISOLATED, NODES] as const;

/** Null when the kernel does not say which CPUs may be used. */
export function cpuFactsOf(contents: Contents): CpuFacts | null {
  const status = contents.get(STATUS) ?? "";
  const allowed = parseCpuList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "");
  if (!allowed || allowed.length === 0) return null;
  const nodes = new Map<number, number[]>();
  for (const path of matchesOf(NODES, contents)) {
    const node = Number(/node(\d+)\/cpulist$/.exec(path)?.[1]);
    nodes.set(node, parseCpuList(contents.get(path) ?? "") ?? []);
  }
  return { allowed, isolated: parseCpuList(contents.get(ISOLATED) ?? "") ?? [], nodes };
}

/** Below this many there is nothing to divide. */
const MIN_TO_DIVIDE = 3;
const HOUSEKEEPING_SHARE = 8;

/**
 * Divides the CPUs. What the kernel was booted to leave alone is the engine's. Where it was not, one in eight of the
 * allowed, and at least one, keeps house, and the engine's come from one memory node if that is not less than half of
 * what it could have, since memory of another node is far away.
 */
export function planCpus({ allowed, isolated, nodes }: CpuFacts): CpuPlan {
  const others = allowed.filter((cpu) => !isolated.includes(cpu));
  if (isolated.length > 0 && others.length > 0)
    return withNode({ housekeeping: others, engine: [...isolated], exclusive: true }, nodes);
  if (allowed.length < MIN_TO_DIVIDE)
    return withNode({ housekeeping: [...allowed], engine: [...allowed], exclusive: false }, nodes);
  const count = Math.max(1, Math.floor(allowed.length / HOUSEKEEPING_SHARE));
  const housekeeping = allowed.slice(0, count);
  const free = allowed.slice(count);
  const near = [...nodes.values()]
    .map((node) => free.filter((cpu) => node.includes(cpu)))
    .reduce((best, one) => (one.length > best.length ? one : best), [] as number[]);
  const engine = near.length * 2 >= free.length ? near : [...free];
  return withNode({ housekeeping, engine, exclusive: true }, nodes);
}

/** The engine on the CPUs that somebody chose; all others keep house. */
export function planChosen(
  engine: readonly number[],
  { allowed, isolated, nodes }: CpuFacts,
): CpuPlan {
  const all = [...new Set([...allowed, ...isolated])].sort((a, b) => a - b);
  const absent = engine.filter((cpu) => !all.includes(cpu));
  if (absent.length > 0)
    throw new SluiceError(
      "invalid-input",
      `the engine's CPUs: given ${formatCpuList(engine)}; accepted: some of ${formatCpuList(all)}, which are there and may be used`,
    );
  const housekeeping = all.filter((cpu) => !engine.includes(cpu));
  const exclusive = housekeeping.length > 0;
  return withNode(
    { housekeeping: exclusive ? housekeeping : all, engine: [...engine], exclusive },
    nodes,
  );
}

function withNode(plan: Omit<CpuPlan, "node">, nodes: Nodes): CpuPlan {
  const home = [...nodes].find(([, cpus]) => plan.engine.every((cpu) => cpus.includes(cpu)));
  return { ...plan, node: home?.[0] ?? null };
}
