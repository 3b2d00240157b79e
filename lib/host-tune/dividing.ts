import { formatCpuList } from "./cpu-set.ts";
import type { CpuPlan } from "./cpus.ts";
import { type Setting, sysctl } from "./profile.ts";

/** The word that stands for the CPUs where a page tells of settings before anybody knows the machine. */
export const HOUSEKEEPING = "housekeeping CPUs";

/** What keeps everything but the engine on the CPUs that keep house. */
export function dividing(housekeeping: string): Setting[] {
  return [
    {
      key: "irq-affinity",
      path: "proc/irq/*/smp_affinity_list",
      value: housekeeping,
      reason: "a device that interrupts the engine's CPU stops the thread that everybody waits for",
      form: "within",
      mayBeKept: true,
    },
    {
      key: "irq-affinity-default",
      path: "proc/irq/default_smp_affinity",
      value: housekeeping,
      reason: "the same for devices that come later",
      form: "cpu-mask",
    },
    {
      key: "workqueue-cpus",
      path: "sys/devices/virtual/workqueue/cpumask",
      value: housekeeping,
      reason: "work that the kernel puts off is done there, unless it belongs to one CPU",
      form: "cpu-mask",
    },
    sysctl(
      "kernel.watchdog_cpumask",
      housekeeping,
      "a CPU that is given away is not woken to see whether it still lives",
      { form: "cpu-list" },
    ),
  ];
}

/** None where the engine shares its CPUs with everything else. */
export function settingsOfDivision({ housekeeping, exclusive }: CpuPlan): Setting[] {
  return exclusive ? dividing(formatCpuList(housekeeping)) : [];
}
