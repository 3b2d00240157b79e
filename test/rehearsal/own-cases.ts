import type { RehearseOptions } from "../../rehearsal/run.ts";

/** What this repository's workflows are rehearsed for; docs/workflows.md shows it as a table. */

export interface Start {
  readonly workflow: string;
  /** How it starts, for a person. */
  readonly by: string;
  readonly options: Partial<RehearseOptions>;
}

const dispatched = (ref: string, inputs: Readonly<Record<string, string>>) =>
  ({ event: "workflow_dispatch", ref: `refs/${ref}`, inputs }) as const;
const IN_PRODUCTION = { environment: "production" };

const START = {
  tag: {
    workflow: "release.yml",
    by: "a version tag",
    options: { event: "push", ref: "refs/tags/v1.2.3" },
  },
  main: {
    workflow: "release.yml",
    by: "a push to main",
    options: { event: "push", ref: "refs/heads/main" },
  },
  dispatch: {
    workflow: "release.yml",
    by: "a dispatch to production",
    options: dispatched("heads/main", { ...IN_PRODUCTION, version: "v1.2.3" }),
  },
  cd: {
    workflow: "cd.yml",
    by: "a dispatch of a released version",
    options: dispatched("heads/main", { ...IN_PRODUCTION, version: "v1.2.3" }),
  },
  rollback: {
    workflow: "rollback.yml",
    by: "a dispatch",
    options: dispatched("heads/main", { ...IN_PRODUCTION, reason: "a drill" }),
  },
  ci: { workflow: "ci.yml", by: "a push", options: { event: "push", ref: "refs/heads/main" } },
  security: { workflow: "security.yml", by: "the clock", options: { event: "schedule" } },
  performance: { workflow: "performance.yml", by: "the clock", options: { event: "schedule" } },
} as const satisfies Record<string, Start>;

export const STARTS: readonly Start[] = Object.values(START);

/** Those in which each job fails in turn; the others of release.yml have the same jobs. */
export const FAILING: readonly Start[] = STARTS.filter(
  (start) => start !== START.main && start !== START.dispatch,
);

/** Those that ask an environment's reviewers, and the job that does. */
export const APPROVED: readonly (Start & { readonly approval: string })[] = [
  { ...START.tag, approval: "cd/approve" },
  { ...START.main, approval: "cd/approve" },
  { ...START.dispatch, approval: "cd/approve" },
  { ...START.cd, approval: "approve" },
  { ...START.rollback, approval: "rollback" },
];

/** A job that is cancelled, loses its runner, and is run again after it failed. */
export interface Disturbed extends Start {
  /** The file that the job stands in, and where the job is in the run. */
  readonly file: string;
  readonly id: string;
  readonly job: string;
}

/** One job of each workflow, and of what lets a release through all that is between the first byte on a host and the last. */
export const DISTURBED: readonly Disturbed[] = [
  { ...START.tag, file: "release.yml", id: "candidate", job: "candidate" },
  { ...START.tag, file: "cd.yml", id: "deploy", job: "cd/deploy" },
  { ...START.tag, file: "cd.yml", id: "load", job: "cd/load" },
  { ...START.tag, file: "cd.yml", id: "promote", job: "cd/promote" },
  { ...START.tag, file: "release.yml", id: "publish", job: "publish" },
  { ...START.main, file: "cd.yml", id: "promote", job: "cd/promote" },
  { ...START.cd, file: "cd.yml", id: "deploy", job: "deploy" },
  { ...START.cd, file: "cd.yml", id: "promote", job: "promote" },
  { ...START.rollback, file: "rollback.yml", id: "rollback", job: "rollback" },
  { ...START.ci, file: "ci.yml", id: "integration", job: "integration" },
  { ...START.ci, file: "ci.yml", id: "candidate", job: "candidate" },
  { ...START.security, file: "security.yml", id: "dependencies", job: "dependencies" },
  { ...START.performance, file: "performance.yml", id: "history", job: "history" },
];

/** Where cd.yml's jobs are in a run: below `cd` when release.yml calls it. */
export function cdPrefix(workflow: string): string | undefined {
  if (workflow === "cd.yml") return "";
  return workflow === "release.yml" ? "cd/" : undefined;
}

/** The table of docs/workflows.md: for each start of a workflow what it is rehearsed for. */
export function caseTable(): string {
  const head = [
    "workflow",
    "started by",
    "all goes well",
    "each job fails",
    "approval refused",
    "cancelled, runner lost, run again",
  ];
  const rows = STARTS.map((start) => {
    const has = (list: readonly Start[]) =>
      list.some(({ workflow, by }) => workflow === start.workflow && by === start.by);
    const disturbed = DISTURBED.filter(
      ({ workflow, by }) => workflow === start.workflow && by === start.by,
    );
    const failing = has(FAILING) ? "yes" : `as by ${START.tag.by}`;
    const refused = has(APPROVED) ? "yes" : "asks nobody";
    const where = disturbed.map(({ job }) => `\`${job}\``).join(", ") || `as by ${START.tag.by}`;
    return [`\`${start.workflow}\``, start.by, "yes", failing, refused, where];
  });
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
