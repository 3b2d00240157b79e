/** Which CPUs do what. All of them are among those that this process may use. */
export interface CpuPlan {
  /** The operating system, interrupts, everything else. */
  housekeeping: number[];
  /** The engine's hot threads. */
  engine: number[];
  /** Whether the engine has its CPUs to itself. */
  exclusive: boolean;
}

/** `0-3,8` as the kernel writes lists of CPUs; undefined when it is none. */
export function parseCpuList(text: string): number[] | undefined {
  const cpus = new Set<number>();
  for (const part of text.trim().split(",")) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first) || Number(last) > 8_191)
      return undefined;
    for (let cpu = Number(first); cpu <= Number(last); cpu += 1) cpus.add(cpu);
  }
  return [...cpus].sort((a, b) => a - b);
}

export function formatCpuList(cpus: readonly number[]): string {
  const ranges: Array<[number, number]> = [];
  for (const cpu of [...cpus].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === cpu - 1) last[1] = cpu;
    else ranges.push([cpu, cpu]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

/** Below this many there is nothing to divide. */
const MIN_TO_DIVIDE = 3;
const HOUSEKEEPING_SHARE = 8;

/**
 * Divides the allowed CPUs: one in eight, and at least one, keeps house. The engine's come from one memory node where
 * that is not less than half of what it could have, since memory of another node is far away.
 */
export function planCpus(
  allowed: readonly number[],
  nodes: ReadonlyArray<readonly number[]>,
): CpuPlan {
  if (allowed.length < MIN_TO_DIVIDE)
    return { housekeeping: [...allowed], engine: [...allowed], exclusive: false };
  const count = Math.max(1, Math.floor(allowed.length / HOUSEKEEPING_SHARE));
  const housekeeping = allowed.slice(0, count);
  const free = allowed.slice(count);
  const near = nodes
    .map((node) => free.filter((cpu) => node.includes(cpu)))
    .reduce((best, one) => (one.length > best.length ? one : best), [] as number[]);
  const engine = near.length * 2 >= free.length ? near : [...free];
  return { housekeeping, engine, exclusive: true };
}
