import { entriesOf, isNothing, property, type Token, textsOf } from "../language/token.ts";
import type { Workflow } from "../workflow/workflow.ts";
import { type RehearsedEvent, textAt } from "./event.ts";
import { matchesFilter } from "./filter.ts";

/** Whether an event starts a workflow, and if not, why. */
export type Trigger =
  | { readonly starts: true }
  | { readonly starts: false; readonly reason: string };

const STARTS: Trigger = { starts: true };

function not(reason: string): Trigger {
  return { starts: false, reason };
}

/** Activity types that start a workflow when it names none; every other event takes them all. */
const DEFAULT_TYPES: { readonly [event: string]: readonly string[] } = {
  pull_request: ["opened", "synchronize", "reopened"],
  pull_request_target: ["opened", "synchronize", "reopened"],
};

export async function triggerOf(workflow: Workflow, event: RehearsedEvent): Promise<Trigger> {
  const config = workflow.triggers.get(event.name);
  if (!config) {
    const accepted = [...workflow.triggers.keys()].join(", ");
    return not(`it runs on ${accepted}, not on ${event.name}`);
  }
  const skipped = skippedBy(event);
  if (skipped) return not(`the commit's message says ${skipped}`);
  if (entriesOf(config).length === 0) {
    return typesAllow(undefined, event);
  }
  const types = typesAllow(property(config, "types"), event);
  if (!types.starts) return types;
  const refs = refsAllow(config, event);
  if (!refs.starts) return refs;
  const workflows = workflowsAllow(property(config, "workflows"), event);
  if (!workflows.starts) return workflows;
  return pathsAllow(config, event);
}

const SKIPPING = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]/i;
/** A trailer stands alone at the end, behind empty lines. */
const SKIP_TRAILER = /\n\n(?:[\w-]+:.*\n)*skip-checks: ?true\s*$/i;

/** What in the last commit's message keeps a push or a pull request from starting anything. */
function skippedBy({ name, payload, message }: RehearsedEvent): string | undefined {
  if (name !== "push" && name !== "pull_request") return undefined;
  const text = textAt(payload, "head_commit", "message") ?? message;
  if (SKIP_TRAILER.test(text)) return "skip-checks: true";
  return SKIPPING.exec(text)?.[0];
}

function patterns(token: Token | undefined): string[] | undefined {
  return isNothing(token) ? undefined : textsOf(token).map(({ text }) => text);
}

function typesAllow(token: Token | undefined, event: RehearsedEvent): Trigger {
  const types = patterns(token) ?? DEFAULT_TYPES[event.name];
  const action = textAt(event.payload, "action");
  if (!types || action === undefined || types.includes(action)) return STARTS;
  return not(`its types are ${types.join(", ")}, not ${action}`);
}

function workflowsAllow(token: Token | undefined, event: RehearsedEvent): Trigger {
  const names = patterns(token);
  const name = textAt(event.payload, "workflow_run", "name");
  if (!names || name === undefined || matchesFilter(names, name)) return STARTS;
  return not(`it follows ${names.join(", ")}, not ${name}`);
}

function refsAllow(config: Token, event: RehearsedEvent): Trigger {
  const branches = patterns(property(config, "branches"));
  const branchesIgnore = patterns(property(config, "branches-ignore"));
  if (event.name !== "push") {
    const branch = filteredBranch(event);
    return nameAllowed("branch", branch, branches, branchesIgnore);
  }
  const tags = patterns(property(config, "tags"));
  const tagsIgnore = patterns(property(config, "tags-ignore"));
  const filtersBranches = branches !== undefined || branchesIgnore !== undefined;
  const filtersTags = tags !== undefined || tagsIgnore !== undefined;
  if (event.refType === "tag") {
    if (filtersTags) return nameAllowed("tag", event.refName, tags, tagsIgnore);
    return filtersBranches
      ? not(`it runs on branches only, and ${event.refName} is a tag`)
      : STARTS;
  }
  if (filtersBranches) return nameAllowed("branch", event.refName, branches, branchesIgnore);
  return filtersTags ? not(`it runs on tags only, and ${event.refName} is a branch`) : STARTS;
}

/** A pull request is filtered by its base, a workflow_run by the branch it ran on. */
function filteredBranch(event: RehearsedEvent): string {
  if (event.name === "workflow_run") {
    return textAt(event.payload, "workflow_run", "head_branch") ?? event.refName;
  }
  return event.baseRef || event.refName;
}

function nameAllowed(
  kind: string,
  name: string,
  only: readonly string[] | undefined,
  ignore: readonly string[] | undefined,
): Trigger {
  if (only && !matchesFilter(only, name)) {
    return not(`its ${kind} filter is ${only.join(", ")}, and the ${kind} is ${name}`);
  }
  if (ignore && matchesFilter(ignore, name)) return not(`it ignores the ${kind} ${name}`);
  return STARTS;
}

async function pathsAllow(config: Token, event: RehearsedEvent): Promise<Trigger> {
  const only = patterns(property(config, "paths"));
  const ignore = patterns(property(config, "paths-ignore"));
  if (!only && !ignore) return STARTS;
  if (event.refType === "tag") return STARTS; // GitHub does not look at paths when a tag is pushed
  const changed = await event.changed();
  if (!changed) return STARTS;
  if (only && !changed.some((file) => matchesFilter(only, file))) {
    return not(`none of the changed files matches ${only.join(", ")}`);
  }
  if (ignore && changed.length > 0 && changed.every((file) => matchesFilter(ignore, file))) {
    return not(`all changed files are ignored by ${ignore.join(", ")}`);
  }
  return STARTS;
}
