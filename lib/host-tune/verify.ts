import { type BootFinding, bootFindings } from "./boot.ts";
import type { Contents } from "./contents.ts";
import { CPU_FILES, type CpuPlan, cpuFactsOf, planChosen, planCpus } from "./cpus.ts";
import { dividing, settingsOfDivision } from "./dividing.ts";
import { type Planned, plan } from "./plan.ts";
import type { ProfileName, Setting } from "./profile.ts";
import { PROFILES } from "./profiles.ts";

/** What the profile alone does not know. */
export interface VerifyOptions {
  /** CPUs of the engine, where somebody chose them; otherwise they are proposed from what the host shows. */
  engineCpus?: readonly number[];
  /** Settings of the user's own, in place of the profile's or beside them. */
  overrides?: readonly Setting[];
  /** Paths that an earlier apply found to be immovable. */
  kept?: readonly string[];
}

export interface Verification {
  /** Every setting, as it is. */
  settings: Planned[];
  /** Those that are not as the profile says. */
  drift: Planned[];
  /** Keys that this kernel lacks. */
  missing: string[];
  boot: BootFinding[];
  /** Null when the host does not say which CPUs may be used. */
  cpus: CpuPlan | null;
}

const COMMAND_LINE = "proc/cmdline";

/** Files of a host that `verify` needs, below its root; one `*` in a path stands for a number. */
export function filesToRead(profile: ProfileName, overrides: readonly Setting[] = []): string[] {
  const { settings, divides } = PROFILES[profile];
  const all = [...settings, ...(divides ? dividing("") : []), ...overrides];
  const displaced = all.flatMap(({ displaces }) => displaces ?? []);
  const paths = [...all.map(({ path }) => path), ...displaced, ...CPU_FILES, COMMAND_LINE];
  return [...new Set(paths)];
}

/** Whether a host is as its profile says: pure, from what the files of `filesToRead` held. */
export function verify(
  profile: ProfileName,
  contents: Contents,
  options: VerifyOptions = {},
): Verification {
  const cpus = cpusOf(contents, options.engineCpus);
  const settings = plan(settingsOf(profile, cpus, options.overrides), contents, options.kept);
  return {
    settings,
    drift: settings.filter(({ state }) => state === "differs"),
    missing: settings.filter(({ state }) => state === "missing").map(({ key }) => key),
    boot: bootFindings(PROFILES[profile].boot, contents.get(COMMAND_LINE) ?? "", cpus),
    cpus,
  };
}

/** All that is to be set on a host with these CPUs. */
export function settingsOf(
  profile: ProfileName,
  cpus: CpuPlan | null,
  overrides: readonly Setting[] = [],
): Setting[] {
  const { settings, divides } = PROFILES[profile];
  const all = [...settings, ...(divides && cpus ? settingsOfDivision(cpus) : [])];
  const own = new Set(overrides.map(({ path }) => path));
  return [...all.filter(({ path }) => !own.has(path)), ...overrides];
}

/** Which CPUs do what on a host that shows these files. */
export function cpusOf(contents: Contents, engineCpus?: readonly number[]): CpuPlan | null {
  const facts = cpuFactsOf(contents);
  if (!facts) return null;
  return engineCpus && engineCpus.length > 0 ? planChosen(engineCpus, facts) : planCpus(facts);
}
