import { isAbsolute } from "node:path";
import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Gate } from "../../lib/evidence/record.ts";
import { BeforeFile } from "../../lib/host-tune/before.ts";
import { formatCpuList, parseCpuList, planCpus } from "../../lib/host-tune/cpus.ts";
import { type BootFinding, bootFindings, type Planned, plan } from "../../lib/host-tune/plan.ts";
import type { Profile, ProfileName } from "../../lib/host-tune/profile.ts";
import { PROFILES } from "../../lib/host-tune/profiles.ts";
import { Tree } from "../../lib/host-tune/tree.ts";
import { apply, type Change, revert } from "../../lib/host-tune/tune.ts";

interface HostTuneContext {
  inputs: {
    mode: "plan" | "apply" | "verify" | "revert";
    profile: ProfileName;
    only: string[] | undefined;
    "state-file": string;
    root: string;
  };
  outputs: { set(known: Partial<HostTuneOutputs>): void };
  log: Log;
  summary: Summary;
}

interface HostTuneOutputs {
  gate: Gate;
  changes: Change[];
  drift: Planned[];
  missing: string[];
  cpus: { housekeeping: string; engine: string; exclusive: boolean } | null;
}

/** Plans, applies, verifies or reverts; its outputs are those of the action, also when it fails. */
export async function hostTune(context: HostTuneContext): Promise<HostTuneOutputs> {
  const { inputs, outputs, log, summary } = context;
  mustBeAbsolute("state-file", inputs["state-file"]);
  mustBeAbsolute("root", inputs.root);
  const profile = chosen(PROFILES[inputs.profile], inputs.only ?? []);
  const tree = new Tree(inputs.root);
  const file = new BeforeFile(inputs["state-file"]);
  const changes = await act(inputs.mode, tree, profile, file);
  const now = plan(await tree.readAll(profile.settings));
  const boot = bootFindings(profile, (await tree.read("proc/cmdline")) ?? "");
  const drift = now.filter(({ state }) => state === "differs");
  const missing = now.filter(({ state }) => state === "missing").map(({ key }) => key);
  const gate = gateOf(context, profile, { changes, drift, missing });
  const result = { gate, changes, drift, missing, cpus: await cpus(tree) };
  outputs.set(result);
  tell(summary, profile, now, boot, changes);
  log.info(gate.reason);
  if (gate.outcome !== "failed") return result;
  throw new SluiceError("refused", gate.reason, {
    hint: "run it with `mode: apply`, or find out who changes the host; the summary has the table",
  });
}

async function act(
  mode: HostTuneContext["inputs"]["mode"],
  tree: Tree,
  { settings }: Profile,
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

function chosen(profile: Profile, only: readonly string[]): Profile {
  if (only.length === 0) return profile;
  const isChosen = (key: string) =>
    only.some((one) => (one.endsWith("*") ? key.startsWith(one.slice(0, -1)) : key === one));
  const settings = profile.settings.filter(({ key }) => isChosen(key));
  if (settings.length > 0) return { ...profile, settings };
  throw new SluiceError(
    "invalid-input",
    `only: ${only.join(", ")} names no key of ${profile.name}; it has ${profile.settings.map(({ key }) => key).join(", ")}`,
  );
}

function gateOf(
  { inputs: { mode } }: HostTuneContext,
  { name, settings }: Profile,
  { changes, drift, missing }: Pick<HostTuneOutputs, "changes" | "drift" | "missing">,
): Gate {
  const lacking = missing.length > 0 ? `; this kernel lacks ${missing.join(", ")}` : "";
  const differing = drift.map(({ key, found, wanted }) => `${key} is ${found}, not ${wanted}`);
  const gate = (outcome: Gate["outcome"], reason: string): Gate => ({
    name: "host-tune",
    outcome,
    reason: `${name}: ${reason}${lacking}`,
  });
  switch (mode) {
    case "plan":
      return gate("passed", `${drift.length} of ${settings.length} settings would be changed`);
    case "apply":
      return gate("passed", `${changes.length} settings changed and read back`);
    case "revert":
      return gate("passed", `${changes.length} settings put back`);
    case "verify":
      return drift.length > 0
        ? gate("failed", `${drift.length} settings differ: ${differing.join("; ")}`)
        : gate("passed", "every setting is as planned");
  }
}

async function cpus(tree: Tree): Promise<HostTuneOutputs["cpus"]> {
  const status = (await tree.read("proc/self/status")) ?? "";
  const allowed = parseCpuList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "");
  if (!allowed || allowed.length === 0) return null;
  const nodes: number[][] = [];
  for (let node = 0; node < 64; node += 1) {
    const text = await tree.read(`sys/devices/system/node/node${node}/cpulist`);
    if (text === null) break;
    nodes.push(parseCpuList(text) ?? []);
  }
  const { housekeeping, engine, exclusive } = planCpus(allowed, nodes);
  return { housekeeping: formatCpuList(housekeeping), engine: formatCpuList(engine), exclusive };
}

function tell(
  summary: Summary,
  profile: Profile,
  now: readonly Planned[],
  boot: readonly BootFinding[],
  changes: readonly Change[],
): void {
  const changed = new Map(changes.map(({ path, from }) => [path, from]));
  summary.heading(`Host settings: ${profile.name}`);
  summary.table(
    ["Key", "Wanted", "Found", "Before", "Why"],
    now.map(({ key, path, wanted, found, state, reason }) => [
      inlineText(key),
      inlineText(wanted),
      inlineText(
        state === "missing" ? "this kernel lacks it" : `${state === "differs" ? "✗ " : ""}${found}`,
      ),
      inlineText(changed.get(path) ?? ""),
      inlineText(reason),
    ]),
  );
  if (boot.length === 0) return;
  summary.table(
    ["Boot parameter", "Found", "Why"],
    boot.map(({ name, found, reason }) => [
      inlineText(name),
      inlineText(found ?? "not set; only a boot can change it"),
      inlineText(reason),
    ]),
  );
}

function mustBeAbsolute(name: string, path: string): void {
  if (isAbsolute(path)) return;
  throw new SluiceError("invalid-input", `${name}: given ${path}; accepted: an absolute path`);
}
