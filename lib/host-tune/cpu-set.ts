const MAX_CPU = 8_191;
const WORD_BITS = 32;
const WORD_DIGITS = 8;

/** `0-3,8` as the kernel writes lists of CPUs; undefined when it is none. */
export function parseCpuList(text: string): number[] | undefined {
  const cpus = new Set<number>();
  for (const part of text.trim().split(",")) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first) || Number(last) > MAX_CPU)
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

/** `00000001,0000000f` as the kernel writes masks, 32 bits a word, the highest first; undefined when it is none. */
export function parseCpuMask(text: string): number[] | undefined {
  const words = text.trim().split(",").reverse();
  if (words.length * WORD_BITS > MAX_CPU + 1) return undefined;
  if (!words.every((word) => /^[0-9a-f]{1,8}$/i.test(word))) return undefined;
  return words.flatMap((word, place) => {
    const bits = Number.parseInt(word, 16);
    const set = Array.from({ length: WORD_BITS }, (_, bit) => bit).filter(
      (bit) => (bits >>> bit) & 1,
    );
    return set.map((bit) => place * WORD_BITS + bit);
  });
}

export function formatCpuMask(cpus: readonly number[]): string {
  const words = Array.from({ length: Math.floor(Math.max(0, ...cpus) / WORD_BITS) + 1 }, () => 0);
  for (const cpu of cpus) {
    const word = Math.floor(cpu / WORD_BITS);
    words[word] = ((words[word] ?? 0) | (1 << (cpu % WORD_BITS))) >>> 0;
  }
  return words
    .reverse()
    .map((word) => word.toString(16).padStart(WORD_DIGITS, "0"))
    .join(",");
}
