import { existsSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { SluiceError } from "../lib/error.ts";
import { nearest } from "../lib/nearest.ts";
import { type Awaited, makeEvent, type RehearsedEvent } from "./event/event.ts";
import { type Repository, readRepository } from "./event/repository.ts";
import { type Trigger, triggerOf } from "./event/trigger.ts";
import { faultText, sortedFaults, WorkflowFaults } from "./language/fault.ts";
import { toText, type Value } from "./language/value.ts";
import { mustNameMoments } from "./named-moment.ts";
import type { Rehearsal, RehearseOptions } from "./options.ts";
import type { EnvironmentSettings } from "./run/environment.ts";
import type { Values } from "./runner/running-job.ts";
import { typedInputs } from "./workflow/input.ts";
import { type Loaded, type LoadedWorkflow, loadWorkflow } from "./workflow/load.ts";
import type { RepositoryMapping } from "./workflow/source-tree.ts";
import { awaited } from "./workflow/trigger-fault.ts";

/** Reads and checks everything, and runs nothing. Throws a SluiceError, with all faults at once. */
export async function prepareRehearsal(options: RehearseOptions): Promise<Rehearsal> {
  const dir = await folderOf(options.dir);
  await environmentsOf(options); // told before anything starts
  const repository = await (options.repository ?? readRepository(dir));
  const files = await workflowFiles(dir, options.workflow);
  const mappings = await mappingsOf(options);
  const tree = {
    root: dir,
    repository: repository.fullName,
    ref: repository.branch,
    sha: repository.sha,
  };
  const read = files.map((file) => loadWorkflow(tree, file, mappings));
  if (read.some(({ faults }) => faults.length > 0)) {
    const absent = read.flatMap((one) => one.absent.map(({ fault }) => fault));
    throw new WorkflowFaults([...read.flatMap(({ faults }) => faults), ...absent]);
  }
  const all = read.flatMap(({ loaded }) => (loaded ? [loaded] : []));
  const name = options.event ?? defaultEvent(all, options);
  const inputs = readInputs(all, name, options);
  const event = await makeEvent(repository, {
    name,
    ref: options.ref,
    payload: options.payload,
    inputs,
    awaited: awaitedBy(all.find(({ workflow }) => workflow.triggers.has(name))),
  });
  const chosen = await choose(all, event);
  checkJobNames(chosen.workflows, options);
  mustNameMoments(chosen.workflows, options);
  const notices = noticesOf(repository, options);
  const rehearsal = { ...chosen, root: dir, event, inputs, notices, missing: [] };
  return read.some(({ absent }) => absent.length > 0)
    ? withLack(rehearsal, read, options)
    : rehearsal;
}

/** What is absent matters only where it will be reached: a workflow that does not run needs nothing. */
async function withLack(
  rehearsal: Rehearsal,
  read: readonly Loaded[],
  options: RehearseOptions,
): Promise<Rehearsal> {
  const [{ listingOf }, { lackOf }] = await Promise.all([
    import("./show/listing.ts"),
    import("./absent.ts"),
  ]);
  const listing = listingOf(rehearsal, options);
  const lacks = rehearsal.workflows.map((loaded) => {
    const { workflow } = loaded;
    const absent = read.find((one) => one.loaded === loaded)?.absent ?? [];
    const jobs = listing.workflows.find(({ file }) => file === workflow.file)?.jobs ?? [];
    return lackOf(workflow, absent, jobs, options.job);
  });
  const told = sortedFaults(lacks.flatMap((lack) => lack.told)).map(
    (fault) => `${faultText(fault)}; should it come to that, the job fails there`,
  );
  return {
    ...rehearsal,
    missing: lacks.flatMap(({ refused }) => refused),
    notices: [...rehearsal.notices, ...told],
  };
}

function awaitedBy(loaded: LoadedWorkflow | undefined): Awaited | undefined {
  return loaded && { file: loaded.workflow.file, ...awaited(loaded.workflow.triggers) };
}

/** --job and --from must name jobs that there are. */
function checkJobNames(workflows: readonly LoadedWorkflow[], options: RehearseOptions): void {
  const known = workflows.flatMap((loaded) => jobPaths(loaded));
  for (const [option, given] of [
    ["--job", options.job],
    ["--from", options.from],
  ] as const) {
    if (given === undefined) continue;
    const found = known.some((path) => path.toLowerCase() === given.toLowerCase());
    if (!found) {
      const near = nearest(given, known);
      throw new SluiceError("invalid-input", `There is no job '${given}' for ${option}`, {
        hint: near ? `Did you mean ${near}?` : `Jobs: ${known.join(", ")}.`,
      });
    }
  }
  if (options.from !== undefined && !options.rerun) {
    throw new SluiceError("invalid-input", "--from needs the results of a run before", {
      hint: "Rehearse with --result <file> --keep first, then give --rerun <file> too.",
    });
  }
}

function jobPaths(loaded: LoadedWorkflow, prefix = ""): string[] {
  return [...loaded.workflow.jobs.keys()].flatMap((id) => {
    const called = loaded.calls.get(id);
    return [`${prefix}${id}`, ...(called ? jobPaths(called, `${prefix}${id}/`) : [])];
  });
}

/** The repositories of --repo, each at its real folder. */
export function mappingsOf({
  repos = [],
}: Pick<RehearseOptions, "repos">): Promise<RepositoryMapping[]> {
  return Promise.all(
    repos.map(async (mapping) => ({ ...mapping, path: await folderOf(mapping.path) })),
  );
}

export async function folderOf(path: string): Promise<string> {
  const folder = resolve(path);
  if (!existsSync(folder)) {
    throw new SluiceError("invalid-input", `The folder '${path}' does not exist`, {
      hint: "Name the root of a repository.",
    });
  }
  return realpath(folder);
}

/** The workflow files to look at, as paths in the repository. */
export async function workflowFiles(dir: string, given: string | undefined): Promise<string[]> {
  const folder = join(".github", "workflows");
  const present = (await readdir(join(dir, folder)).catch(() => []))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  if (given === undefined) {
    if (present.length > 0) return present.map((name) => join(folder, name));
    throw new SluiceError("invalid-input", `There is no workflow in ${join(dir, folder)}`, {
      hint: "Name the repository with --dir.",
    });
  }
  const candidates = [
    isAbsolute(given) ? given : resolve(dir, given),
    resolve(given),
    ...[given, `${given}.yml`, `${given}.yaml`].map((name) => join(dir, folder, name)),
  ];
  const found = candidates.find((path) => existsSync(path) && /\.ya?ml$/.test(path));
  if (found) return [relative(dir, await realpath(found))];
  throw new SluiceError("invalid-input", `There is no workflow '${given}'`, {
    hint: `Present in ${folder}: ${present.join(", ") || "none"}.`,
  });
}

/** What a workflow most likely runs on, when nobody says. */
function defaultEvent(workflows: readonly LoadedWorkflow[], options: RehearseOptions): string {
  const [first] = workflows;
  const only = workflows.length === 1 && first ? [...first.workflow.triggers.keys()] : [];
  const dispatched = Object.keys(options.inputs ?? {}).length > 0;
  if (dispatched && only.includes("workflow_dispatch")) return "workflow_dispatch";
  if (dispatched && only.includes("workflow_call")) return "workflow_call";
  if (only.length === 0 || only.includes("push")) return "push";
  return (
    ["workflow_dispatch", "pull_request"].find((name) => only.includes(name)) ?? only[0] ?? "push"
  );
}

function readInputs(
  workflows: readonly LoadedWorkflow[],
  event: string,
  options: RehearseOptions,
): Values {
  const given = new Map(Object.entries(options.inputs ?? {}));
  const inPayload = options.payload?.inputs;
  if (typeof inPayload === "object" && inPayload !== null && !Array.isArray(inPayload)) {
    for (const [name, value] of Object.entries(inPayload))
      if (!given.has(name)) given.set(name, toText(value));
  }
  if (event !== "workflow_dispatch" && event !== "workflow_call") {
    if (given.size === 0) return {};
    throw new SluiceError("invalid-input", `Inputs are given, but the event is ${event}`, {
      hint: "Inputs go with --event workflow_dispatch, or workflow_call.",
    });
  }
  const started = workflows.filter(({ workflow }) => workflow.triggers.has(event));
  const environments = Object.keys(options.environments ?? {});
  const values: { [name: string]: Value } = {};
  for (const { workflow } of started) {
    const definitions =
      event === "workflow_call" ? (workflow.call?.inputs ?? []) : workflow.dispatchInputs;
    const read = typedInputs(definitions, given, environments);
    if (read.wrong.length > 0) {
      throw new SluiceError(
        "invalid-input",
        read.wrong.map((line) => `${workflow.file}: ${line}`).join("\n"),
        {
          hint: "Give inputs as --input name=value.",
        },
      );
    }
    Object.assign(values, read.values);
  }
  return values;
}

async function choose(
  all: readonly LoadedWorkflow[],
  event: RehearsedEvent,
): Promise<Pick<Rehearsal, "workflows" | "idle">> {
  const workflows: LoadedWorkflow[] = [];
  const idle: { file: string; reason: string }[] = [];
  for (const loaded of all) {
    const trigger: Trigger = await triggerOf(loaded.workflow, event);
    if (trigger.starts) workflows.push(loaded);
    else idle.push({ file: loaded.workflow.file, reason: trigger.reason });
  }
  if (workflows.length > 0) return { workflows, idle };
  const reasons = idle.map(({ file, reason }) => `${file}: ${reason}`).join("\n");
  throw new SluiceError("refused", `${event.name} on ${event.ref} starts no workflow\n${reasons}`, {
    hint: "Choose another --event or --ref.",
  });
}

function noticesOf(repository: Repository, options: RehearseOptions): string[] {
  const notices: string[] = [];
  if (repository.dirty && repository.hasCommit) {
    notices.push(
      "There are uncommitted changes: workflows and $/ actions run with them, but actions/checkout gets the commit, as on GitHub.",
    );
  }
  if (options.approve === undefined) {
    notices.push(
      "There is no terminal to ask on: environments are approved without asking (--approve always).",
    );
  }
  return notices;
}

/** Most rehearsals have none: then what reads them is not loaded. */
export async function environmentsOf(options: RehearseOptions): Promise<EnvironmentSettings> {
  if (options.environments === undefined) return {};
  const { readEnvironments } = await import("./run/environment-file.ts");
  return readEnvironments(options.environments);
}
