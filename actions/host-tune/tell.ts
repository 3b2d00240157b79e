import { inlineText, type Summary } from "../../lib/action/action.ts";
import type { BootFinding } from "../../lib/host-tune/boot.ts";
import { formatCpuList } from "../../lib/host-tune/cpu-set.ts";
import type { CpuPlan } from "../../lib/host-tune/cpus.ts";
import type { Planned } from "../../lib/host-tune/plan.ts";
import type { Change } from "../../lib/host-tune/tune.ts";
import type { Verification } from "../../lib/host-tune/verify.ts";

/** The job summary: every setting with its reason, what only a boot can change, and which CPUs do what. */
export function tell(
  summary: Summary,
  profile: string,
  { settings, boot, cpus }: Verification,
  changes: readonly Change[],
): void {
  const changed = new Map(changes.map(({ path, from }) => [path, from]));
  summary.heading(`Host settings: ${profile}`);
  summary.table(
    ["Key", "Wanted", "Found", "Before", "Why"],
    settings.map((one) =>
      [one.key, one.wanted, shown(one), changed.get(one.path) ?? "", one.reason].map(inlineText),
    ),
  );
  if (boot.length > 0)
    summary.table(
      ["Boot parameter", "Wanted", "Found", "Why"],
      boot.map((one) => [one.name, one.wanted ?? "", shownBoot(one), one.reason].map(inlineText)),
    );
  if (cpus) summary.markdown(inlineText(divided(cpus)));
}

function shown({ state, found }: Planned): string {
  switch (state) {
    case "missing":
      return "this kernel lacks it";
    case "differs":
      return `✗ ${found}`;
    case "kept":
      return `${found} (the hardware keeps it)`;
    case "as-wanted":
      return found ?? "";
  }
}

function shownBoot({ state, found }: BootFinding): string {
  if (state === "missing") return "not set; only a boot can change it";
  return state === "differs" ? `✗ ${found}; only a boot can change it` : `${found}`;
}

function divided({ housekeeping, engine, exclusive, node }: CpuPlan): string {
  if (!exclusive)
    return `CPUs ${formatCpuList(engine)} are shared by the engine and everything else: too few to divide.`;
  const where = node === null ? "" : `, on memory node ${node}`;
  return `CPUs: ${formatCpuList(engine)} for the engine${where}; ${formatCpuList(housekeeping)} for everything else.`;
}
