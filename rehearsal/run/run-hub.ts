import { notePushes } from "../api/git/copy.ts";
import { type Holdings, holdingsOf } from "../api/holdings.ts";
import { Hub } from "../api/hub.ts";
import { openIssue } from "../api/issue/issue.ts";
import { textAt } from "../event/event.ts";
import type { RehearseOptions } from "../options.ts";
import { Masks } from "../runner/mask.ts";
import type { ArtifactStore } from "../stand-in/artifact-store.ts";
import type { EnvironmentSettings } from "./environment.ts";
import type { RunParts } from "./open-setting.ts";

export interface HubParts extends RunParts {
  readonly environments: EnvironmentSettings;
  readonly artifacts: ArtifactStore;
}

/** What the run's GitHub knows from the start. */
export function makeHub(parts: HubParts): Hub {
  const { rehearsal, options, folder, disturbances, artifacts } = parts;
  const { event } = rehearsal;
  const [first] = rehearsal.workflows;
  const hub = new Hub({
    repository: event.repository.fullName,
    root: rehearsal.root,
    folder,
    defaultBranch: event.repository.defaultBranch,
    hasCommit: event.repository.hasCommit,
    runId: parts.runId,
    attempt: options.rerun ? 2 : 1,
    event: event.name,
    ref: event.ref,
    sha: event.sha,
    actor: event.actor,
    workflow: { name: first?.workflow.name ?? "", file: first?.workflow.file ?? "" },
    environments: parts.environments,
    others: options.repos ?? [],
    artifacts: () => artifacts.list(),
    cancel: () => disturbances.cancelRun(),
    tell: parts.emit,
  });
  for (const secret of secretsOf(options, parts.environments)) hub.tokens.trust(secret);
  const { payload } = event;
  const number = Number(textAt(payload, "number") ?? textAt(payload, "issue", "number") ?? "0");
  if (number > 0) {
    const isPull = event.name.startsWith("pull_request");
    const title = textAt(payload, isPull ? "pull_request" : "issue", "title") ?? "";
    hub.issues.add({ ...openIssue(hub, number, isPull), title, fromEvent: true });
  }
  return hub;
}

/** What GitHub holds in the end; nobody learns a secret from it. */
export async function heldAtEnd(
  hub: Hub,
  options: RehearseOptions,
  environments: EnvironmentSettings,
): Promise<Holdings> {
  await notePushes(hub);
  const masks = new Masks(secretsOf(options, environments));
  return JSON.parse(masks.hide(JSON.stringify(holdingsOf(hub)))) as Holdings;
}

function secretsOf(options: RehearseOptions, environments: EnvironmentSettings): string[] {
  const own = Object.values(environments).flatMap(({ secrets }) => Object.values(secrets));
  return [...Object.values(options.secrets ?? {}), ...own];
}
