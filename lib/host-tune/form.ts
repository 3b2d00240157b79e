import { formatCpuList, formatCpuMask, parseCpuList, parseCpuMask } from "./cpu-set.ts";

/**
 * How the kernel writes a value. `words`: between blanks; of `always [madvise] never` the chosen one is meant.
 * `cpu-list`: `0-3,8`. `cpu-mask`: `00000001,0000000f`. `within`: a list that may also be smaller than what is wanted.
 */
export type Form = "words" | "cpu-list" | "cpu-mask" | "within";

/** The same for two texts that mean the same; as people read it. */
export function meaning(raw: string, form: Form = "words"): string {
  if (form === "words") {
    const chosen = /\[([^\]]+)\]/.exec(raw)?.[1];
    return (chosen ?? raw).trim().split(/\s+/).join(" ");
  }
  const cpus = form === "cpu-mask" ? parseCpuMask(raw) : parseCpuList(raw);
  return cpus ? formatCpuList(cpus) : raw.trim();
}

/** As the kernel wants it written, from what people read. */
export function writable(value: string, form: Form): string {
  const cpus = form === "cpu-mask" ? parseCpuList(value) : undefined;
  return cpus ? formatCpuMask(cpus) : value;
}

export function isAsWanted(found: string, wanted: string, form: Form): boolean {
  const meant = meaning(found, form);
  if (form !== "within") return meant === meaning(wanted, form === "cpu-mask" ? "cpu-list" : form);
  const allowed = new Set(parseCpuList(wanted));
  return parseCpuList(meant)?.every((cpu) => allowed.has(cpu)) ?? false;
}

/** Values that a file offers beside the chosen one; none where it takes any. */
export function choices(raw: string): string[] {
  return /\[[^\]]+\]/.test(raw) ? raw.replaceAll(/[[\]]/g, "").trim().split(/\s+/) : [];
}
