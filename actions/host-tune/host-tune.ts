import { isAbsolute } from "node:path";
import type { Log, Summary } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Gate } from "../../lib/evidence/record.ts";
import { BeforeFile } from "../../lib/host-tune/before.ts";
import type { BootFinding } from "../../lib/host-tune/boot.ts";
import { formatCpuList, parseCpuList } from "../../lib/host-tune/cpu-set.ts";
import type { CpuPlan } from "../../lib/host-tune/cpus.ts";
import { parseOverrides, refuseUnknown } from "../../lib/host-tune/overrides.ts";
import type { Planned } from "../../lib/host-tune/plan.ts";
import type { ProfileName, Setting } from "../../lib/host-tune/profile.ts";
import { Tree } from "../../lib/host-tune/tree.ts";
import { apply, type Change, revert } from "../../lib/host-tune/tune.ts";
import {
  cpusOf,
  filesToRead,
  settingsOf,
  type Verification,
  verify,
} from "../../lib/host-tune/verify.ts";
import { gateOf } from "./gate.ts";
import { only } from "./only.ts";
import { tell } from "./tell.ts";

export type Mode = "plan" | "apply" | "verify" | "revert";

export interface HostTuneInputs {
  mode: Mode;
  profile: ProfileName;
  only: string[] | undefined;
  set: string[] | undefined;
  "engine-cpus": string | undefined;
  "state-file": string;
  root: string;
}

interface HostTuneContext {
  inputs: HostTuneInputs;
  outputs: { set(known: Partial<HostTuneOutputs>): void };
  log: Log;
  summary: Summary;
}

interface HostTuneOutputs {
  gate: Gate;
  changes: Change[];
  drift: Array<Omit<Planned, "state">>;
  missing: string[];
  kept: string[];
  boot: Array<Omit<BootFinding, "reason">>;
  cpus: { housekeeping: string; engine: string; exclusive: boolean; node: number | null } | null;
}

/** Plans, applies, verifies or reverts; its outputs are those of the action, also when it fails. */
export async function hostTune(context: HostTuneContext): Promise<HostTuneOutputs> {
  const { inputs, outputs, log, summary } = context;
  mustBeAbsolute("state-file", inputs["state-file"]);
  mustBeAbsolute("root", inputs.root);
  const tree = new Tree(inputs.root);
  mustBeAllowed(inputs);
  const boot = (await tree.read("proc/sys/kernel/random/boot_id")) ?? "";
  const file = new BeforeFile(inputs["state-file"], boot.trim());
  const wanted = await wantedOf(tree, inputs);
  const changes = await act(inputs.mode, tree, wanted.settings, file);
  const found = await look(tree, inputs, wanted, file);
  const gate = gateOf(inputs, found, changes);
  const result = outputsOf(gate, found, changes);
  outputs.set(result);
  tell(summary, inputs.profile, found, changes);
  log.info(gate.reason);
  if (gate.outcome !== "failed") return result;
  throw new SluiceError("refused", gate.reason, {
    hint: "run it with `mode: apply`, or find out who changes the host; the summary has the table",
  });
}

interface Wanted {
  settings: Setting[];
  overrides: Setting[];
  engineCpus: number[] | undefined;
}

/** What this call is about, on this host. */
async function wantedOf(tree: Tree, inputs: HostTuneInputs): Promise<Wanted> {
  const overrides = parseOverrides(inputs.set ?? [], inputs.profile);
  const engineCpus = cpuInput(inputs["engine-cpus"]);
  await refuseUnknown(tree, overrides);
  const contents = await tree.contents(filesToRead(inputs.profile, overrides));
  const cpus = cpusOf(contents, engineCpus);
  const all = settingsOf(inputs.profile, cpus, overrides);
  const chosen = new Set([...only(inputs, all), ...overrides]);
  const settings = all.filter((one) => chosen.has(one));
  return { settings, overrides, engineCpus };
}

/** The host as it is now, looked at anew: also after a change. */
async function look(
  tree: Tree,
  { profile }: HostTuneInputs,
  { settings, overrides, engineCpus }: Wanted,
  file: BeforeFile,
): Promise<Verification> {
  const contents = await tree.contents(filesToRead(profile, overrides));
  const { kept } = await file.read();
  const all = verify(profile, contents, { overrides, kept, ...(engineCpus && { engineCpus }) });
  // Of a pattern's matches, `governor cpu3`, the first word is the setting's own key.
  const keys = new Set(settings.map(({ key }) => key));
  const isChosen = (key: string) => keys.has(key.split(" ")[0] ?? "");
  return {
    ...all,
    settings: all.settings.filter(({ key }) => isChosen(key)),
    drift: all.drift.filter(({ key }) => isChosen(key)),
    missing: all.missing.filter(isChosen),
  };
}

async function act(
  mode: Mode,
  tree: Tree,
  settings: readonly Setting[],
  file: BeforeFile,
): Promise<Change[]> {
  switch (mode) {
    case "apply":
      return (await apply(tree, settings, file)).changes;
    case "revert":
      return revert(tree, file);
    case "plan":
    case "verify":
      return [];
  }
}

function outputsOf(gate: Gate, found: Verification, changes: Change[]): HostTuneOutputs {
  return {
    gate,
    changes,
    drift: found.drift.map(({ state: _, ...rest }) => rest),
    missing: found.missing,
    kept: found.settings.filter(({ state }) => state === "kept").map(({ key }) => key),
    boot: found.boot.map(({ reason: _, ...rest }) => rest),
    cpus: found.cpus && shownCpus(found.cpus),
  };
}

function shownCpus({ housekeeping, engine, exclusive, node }: CpuPlan): HostTuneOutputs["cpus"] {
  const lists = { housekeeping: formatCpuList(housekeeping), engine: formatCpuList(engine) };
  return { ...lists, exclusive, node };
}

function cpuInput(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const cpus = parseCpuList(text);
  if (cpus) return cpus;
  throw new SluiceError(
    "invalid-input",
    `engine-cpus: given ${text}; accepted: a list of CPUs as the kernel writes it, such as 2-7 or 2,4-7`,
  );
}

/** Said before anything is tried: the kernel's own refusal would come only at the first key that differs. */
function mustBeAllowed({ mode, root }: HostTuneInputs): void {
  if (root !== "/" || mode === "plan" || mode === "verify" || process.getuid?.() === 0) return;
  throw new SluiceError(
    "refused",
    `mode ${mode} changes the kernel's settings and needs root; this runs as uid ${process.getuid?.()}`,
    {
      hint: "let the runner be root on this host, or run this step by sudo; `mode: plan` and `mode: verify` need no root",
    },
  );
}

function mustBeAbsolute(name: string, path: string): void {
  if (isAbsolute(path)) return;
  throw new SluiceError("invalid-input", `${name}: given ${path}; accepted: an absolute path`);
}
