import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import type { Token } from "../language/token.ts";
import { standInFor } from "../stand-in/stand-in.ts";
import { findActionFile, tryReadAction } from "./action.ts";
import { tellCallFaults } from "./call.ts";
import { accessibleByDefault, type Permissions, tellRaisedPermissions } from "./permission.ts";
import { readWorkflow } from "./read-workflow.ts";
import { type Reference, stepReference, workflowReference } from "./reference.ts";
import type { RepositoryMapping, SourceTree } from "./source-tree.ts";
import type { CallJob, JobStep, Workflow } from "./workflow.ts";

/** GitHub's limit on workflows that call workflows. */
const MAX_NESTING = 10;

/** A workflow with all the workflows that it calls. */
export interface LoadedWorkflow {
  readonly workflow: Workflow;
  readonly tree: SourceTree;
  readonly calls: ReadonlyMap<string, LoadedWorkflow>;
}

/** Something of a repository that is not on this machine: who comes to it can't go on. */
export interface Absence {
  readonly fault: Fault;
  /** The job that uses it: `job`, or `caller/job`. */
  readonly job: string;
  /** Which of the job's steps; none when the job is the call of a workflow. */
  readonly step: number | undefined;
}

export interface Loaded {
  /** Undefined when the file itself has faults. */
  readonly loaded: LoadedWorkflow | undefined;
  readonly faults: Fault[];
  readonly absent: readonly Absence[];
}

interface Loading {
  readonly mappings: readonly RepositoryMapping[];
  readonly faults: Fault[];
  readonly absent: Absence[];
  /** Action files that were looked at already, with what they use and is absent. */
  readonly seen: Map<string, Fault[]>;
}

/**
 * Reads a workflow and everything it refers to that can be known before it starts.
 * Whatever GitHub would refuse is in `faults`, and what is not on this machine in `absent`.
 */
export function loadWorkflow(
  tree: SourceTree,
  path: string,
  mappings: readonly RepositoryMapping[],
): Loaded {
  const loading: Loading = { mappings, faults: [], absent: [], seen: new Map() };
  const loaded = load(loading, tree, { path, shown: path, prefix: "" }, []);
  if (loaded) tellPermissions(loading, loaded, accessibleByDefault);
  const { faults, absent } = loading;
  return { loaded, faults, absent };
}

interface Place {
  readonly path: string;
  readonly shown: string;
  /** What the paths of its jobs begin with. */
  readonly prefix: string;
}

function load(
  loading: Loading,
  tree: SourceTree,
  { path, shown, prefix }: Place,
  chain: readonly string[],
): LoadedWorkflow | undefined {
  const file = join(tree.root, path);
  const { workflow, faults } = readWorkflow(shown, readFileSync(file, "utf8"));
  loading.faults.push(...faults);
  if (!workflow) return undefined;
  const calls = new Map<string, LoadedWorkflow>();
  for (const job of workflow.jobs.values()) {
    const own = `${prefix}${job.id}`;
    if (job.kind === "call") {
      const called = loadCalled(loading, tree, { workflow, path: own }, job, [...chain, file]);
      if (called) calls.set(job.id, called);
    } else {
      job.steps.forEach((step, at) => {
        for (const fault of checkUses(loading, tree, workflow.file, step)) {
          loading.absent.push({ fault, job: own, step: at });
        }
      });
    }
  }
  return { workflow, tree, calls };
}

function loadCalled(
  loading: Loading,
  tree: SourceTree,
  { workflow: caller, path }: { readonly workflow: Workflow; readonly path: string },
  job: CallJob,
  chain: readonly string[],
): LoadedWorkflow | undefined {
  const tell = (message: string): undefined => {
    faultAt(loading.faults, caller.file, job.usesToken, message);
  };
  const reference = workflowReference(job.uses, tree, loading.mappings);
  if (reference.kind === "remote") {
    const fault = faultOf(caller.file, job.usesToken, whyNot(job.uses, reference));
    loading.absent.push({ fault, job: path, step: undefined });
    return undefined;
  }
  if (reference.kind !== "tree") return tell(whyNot(job.uses, reference));
  const file = join(reference.tree.root, reference.path);
  if (!existsSync(file)) {
    return tell(
      `'${job.uses}' is not there: no file '${reference.path}' in ${reference.tree.repository}`,
    );
  }
  if (chain.includes(file)) return tell(`'${job.uses}' calls itself`);
  if (chain.length >= MAX_NESTING)
    return tell(`Workflows can be nested ${MAX_NESTING} deep at most`);
  const own = reference.tree === tree;
  const shown = own ? reference.path : `${reference.tree.repository}/${reference.path}`;
  const place = { path: reference.path, shown, prefix: `${path}/` };
  const loaded = load(loading, reference.tree, place, chain);
  if (!loaded) return undefined;
  tellCallFaults(loading.faults, caller.file, job, loaded.workflow);
  return loaded;
}

/** Why a `uses:` can't be followed, and what to do. */
function whyNot(uses: string, reference: Exclude<Reference, { kind: "tree" }>): string {
  switch (reference.kind) {
    case "malformed":
      return reference.reason;
    case "remote":
      return `'${uses}' is not on this machine; add --repo ${reference.repository}@${reference.ref}=<path of a checkout of ${reference.repository}>`;
    case "docker":
    case "workspace":
      return `'${uses}' is no reusable workflow`;
  }
}

/** Looks at what a step uses, and at what that uses; returns what of it is absent. */
function checkUses(
  loading: Loading,
  tree: SourceTree,
  file: string,
  step: JobStep,
): readonly Fault[] {
  if (step.kind !== "uses") return [];
  const { uses, usesToken } = step;
  const reference = stepReference(uses, tree, loading.mappings);
  switch (reference.kind) {
    case "docker":
      return []; // told when it is reached: the rest can still be rehearsed
    case "malformed":
      faultAt(loading.faults, file, usesToken, reference.reason);
      return [];
    case "remote":
      if (standInFor(reference.repository, reference.path)) return [];
      return [faultOf(file, usesToken, whyNot(uses, reference))];
    case "workspace": {
      // It will be what the job checks out; most often that is this tree, so look at what is known already.
      const folder = join(tree.root, reference.path);
      return findActionFile(folder) ? checkAction(loading, tree, folder, reference.path) : [];
    }
    case "tree":
      return checkTreeAction(loading, reference, file, uses, usesToken);
  }
}

function faultOf(file: string, token: Token, message: string): Fault {
  const { line, column } = token.range?.start ?? { line: 1, column: 1 };
  return { file, line, column, message };
}

function checkTreeAction(
  loading: Loading,
  reference: Extract<Reference, { kind: "tree" }>,
  file: string,
  uses: string,
  token: Token,
): readonly Fault[] {
  const folder = join(reference.tree.root, reference.path);
  if (findActionFile(folder)) return checkAction(loading, reference.tree, folder, reference.path);
  const where = `'${reference.path || "."}' of ${reference.tree.repository}`;
  faultAt(loading.faults, file, token, `'${uses}' has no action.yml or action.yaml in ${where}`);
  return [];
}

function checkAction(
  loading: Loading,
  tree: SourceTree,
  folder: string,
  shown: string,
): readonly Fault[] {
  const path = findActionFile(folder);
  if (!path) return [];
  const known = loading.seen.get(path);
  if (known) return known;
  const absent: Fault[] = [];
  loading.seen.set(path, absent);
  const name = join(shown, path.slice(folder.length + 1));
  const { action, faults } = tryReadAction(path, folder, name);
  loading.faults.push(...faults);
  if (action?.runs.kind !== "composite") return absent;
  for (const step of action.runs.steps) absent.push(...checkUses(loading, tree, name, step));
  return absent;
}

/** Follows the calls down: each may only keep or reduce what it was given. */
function tellPermissions(
  loading: Loading,
  loaded: LoadedWorkflow,
  granted: Permissions,
  caller?: { file: string; token: Token; uses: string },
): void {
  const { workflow } = loaded;
  for (const job of workflow.jobs.values()) {
    const asked = job.permissions ?? workflow.permissions;
    if (caller && asked) {
      const called = job.permissions
        ? `Error calling workflow '${caller.uses}'. The nested job '${job.id}'`
        : `Error calling workflow '${caller.uses}'. The workflow '${workflow.file}'`;
      tellRaisedPermissions(loading.faults, { ...caller, called }, granted, asked);
    }
    const called = loaded.calls.get(job.id);
    if (job.kind !== "call" || !called) continue;
    const at = { file: workflow.file, token: job.token, uses: job.uses };
    tellPermissions(loading, called, asked ?? granted, at);
  }
}
