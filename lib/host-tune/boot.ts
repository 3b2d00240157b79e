import { formatCpuList, parseCpuList } from "./cpu-set.ts";
import type { CpuPlan } from "./cpus.ts";
import type { BootParameter } from "./profile.ts";

export interface BootFinding extends BootParameter {
  /** CPUs that it should name; null when the engine has none to itself. */
  wanted: string | null;
  /** Its value on the kernel's command line; null when it is not there. */
  found: string | null;
  state: "as-wanted" | "differs" | "missing";
}

/** Looked up on the kernel's command line: only whoever boots the machine can change these. */
export function bootFindings(
  parameters: readonly BootParameter[],
  commandLine: string,
  cpus: CpuPlan | null,
): BootFinding[] {
  const words = commandLine.trim().split(/\s+/);
  const wanted = cpus?.exclusive ? formatCpuList(cpus.engine) : null;
  return parameters.map((parameter) => {
    const { name } = parameter;
    // As the kernel does: the last one counts.
    const word = words.findLast((one) => one === name || one.startsWith(`${name}=`));
    const found = word === undefined ? null : word.slice(name.length + 1);
    return { ...parameter, wanted, found, state: stateOf(found, wanted) };
  });
}

function stateOf(found: string | null, wanted: string | null): BootFinding["state"] {
  if (found === null) return "missing";
  return wanted === null || cpusOf(found) === wanted ? "as-wanted" : "differs";
}

/** `isolcpus=managed_irq,domain,2-7`: words first, then the list. */
function cpusOf(value: string): string {
  const list = parseCpuList(value.replace(/^(?:[a-z_]+,)*/, ""));
  return list ? formatCpuList(list) : value;
}
