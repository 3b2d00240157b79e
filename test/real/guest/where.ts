/** One thread of a machine, as its kernel tells of it. */
export interface Thread {
  pid: number;
  tid: number;
  name: string;
  /** CPUs that it may be on. */
  allowed: string;
  /** The CPU that it was on last. */
  cpu: number;
  /** Of the kernel itself. */
  isKernel: boolean;
}

/** Prints what `threadsIn` reads, of all threads of a machine. */
export const TELL_THREADS =
  "cd /proc && grep -sH -E '^(Name|Cpus_allowed_list|VmSize):' [0-9]*/task/[0-9]*/status; " +
  "echo; grep -sH '' [0-9]*/task/[0-9]*/stat; true";

export function threadsIn(printed: string): Thread[] {
  const threads = new Map<string, Thread>();
  for (const line of printed.split("\n")) {
    const [, pid = "", tid = "", file = "", rest = ""] =
      /^(\d+)\/task\/(\d+)\/(status|stat):(.*)$/.exec(line) ?? [];
    if (file === "") continue;
    const thread = threads.get(tid) ?? {
      pid: Number(pid),
      tid: Number(tid),
      name: "",
      allowed: "",
      cpu: -1,
      isKernel: true,
    };
    threads.set(tid, { ...thread, ...told(file, rest) });
  }
  // One that came or went meanwhile was seen in only one of the two files.
  return [...threads.values()].filter(({ allowed, cpu }) => allowed !== "" && cpu >= 0);
}

function told(file: string, rest: string): Partial<Thread> {
  if (file === "stat") {
    // After the name in parentheses, which may hold anything; the processor is field 39 of all.
    const fields = rest.slice(rest.lastIndexOf(")") + 2).split(" ");
    return { cpu: Number(fields[36]) };
  }
  const [, name = "", value = ""] = /^(\w+):\s*(.*)$/.exec(rest) ?? [];
  if (name === "Name") return { name: value };
  return name === "VmSize" ? { isKernel: false } : { allowed: value };
}
