import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import type { JobReport } from "../../rehearsal/run/workflow-run.ts";
import { standInFor } from "../../rehearsal/stand-in/stand-in.ts";
import type { LoadedWorkflow } from "../../rehearsal/workflow/load.ts";
import { type Files, folder, git } from "./rehearsed.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");

/** What the workflows read of an action's outputs; the rest is only passed on. */
const OUTPUTS: { readonly [name: string]: string } = {
  candidate: JSON.stringify({
    name: "engine",
    version: "1.2.3",
    commit: "0".repeat(40),
    artifacts: [{ kind: "archive", uri: "x", digest: `sha256:${"0".repeat(64)}`, size: 1 }],
  }),
  gate: '{"name":"x","outcome":"passed","reason":"a stand-in"}',
  outcome: "promoted",
  held: "false",
};

/** An action with the real one's interface that does nothing but make the files that its inputs name. */
function standIn(file: string): string {
  const real = parse(readFileSync(file, "utf8")) as { inputs?: object; outputs?: object };
  const inputs = Object.keys(real.inputs ?? {});
  const outputs = Object.keys(real.outputs ?? {});
  return JSON.stringify({
    name: "stand-in",
    inputs: Object.fromEntries(inputs.map((name) => [name, { default: "" }])),
    outputs: Object.fromEntries(
      outputs.map((name) => [name, { value: `\${{ steps.s.outputs.${name} }}` }]),
    ),
    runs: {
      using: "composite",
      steps: [
        {
          id: "s",
          shell: "bash",
          env: {
            INPUTS: inputs.map((name) => `\${{ inputs.${name} }}`).join("\n"),
            OUTPUTS: outputs.map((name) => `${name}=${OUTPUTS[name] ?? `the-${name}`}`).join("\n"),
          },
          run: 'echo "$OUTPUTS" >> "$GITHUB_OUTPUT"; echo "$INPUTS" | while read -r f; do case "$f" in candidate) mkdir -p "$f" && echo x > "$f/x" ;; */*[!/]) case "$f" in *[:\\ ]*|-*|/*) ;; *) [ -e "$f" ] || { mkdir -p "$(dirname "$f")" && echo x > "$f"; } ;; esac ;; esac; done',
        },
      ],
    },
  });
}

/** The action itself, by its sources: the bundle may be older. */
function fromSource(name: string, file: string): string {
  const { inputs = {} } = parse(readFileSync(file, "utf8")) as { inputs?: object };
  const env = Object.keys(inputs).map((input) => [
    `INPUT_${input.toUpperCase()}`,
    `\${{ inputs.${input} }}`,
  ]);
  const program = join(ROOT, "scripts", "run-action.ts");
  const run = `"${process.execPath}" --disable-warning=ExperimentalWarning "${program}" ${name}`;
  const steps = [{ shell: "bash", env: Object.fromEntries(env), run }];
  return JSON.stringify({ name, inputs, runs: { using: "composite", steps } });
}

/** This repository's workflows, with stand-ins for its actions, but for those that are to be `real`, and for everybody else's. */
export function standInRepository(
  change: (path: string, text: string) => string = (_path, text) => text,
  real: readonly string[] = [],
) {
  const files: { [path: string]: string } = {};
  const elsewhere: { [path: string]: string } = {};
  const repos = new Map<string, { repository: string; ref: undefined; path: string }>();
  for (const name of readdirSync(WORKFLOWS)) {
    const text = readFileSync(join(WORKFLOWS, name), "utf8");
    files[`.github/workflows/${name}`] = change(name, withoutScripts(name, text));
    for (const [, repository = "", path = ""] of text.matchAll(
      /uses: ([\w.-]+\/[\w.-]+)(\/[^@\s]+)?@/g,
    )) {
      if (standInFor(repository, path)) continue;
      elsewhere[`${repository}${path}/action.yml`] =
        "{ name: x, runs: { using: composite, steps: [] } }";
      repos.set(repository, { repository, ref: undefined, path: repository });
    }
  }
  for (const path of globSync("*/action.yml", { cwd: join(ROOT, "actions") })) {
    const name = dirname(path);
    const file = join(ROOT, "actions", path);
    files[`actions/${path}`] = real.includes(name) ? fromSource(name, file) : standIn(file);
  }
  const others = folder(elsewhere);
  const dir = folder({
    ...files,
    "engine/package.json": "{}",
    "environments/production.yaml": "x",
    "environments/staging.yaml": "x",
  } satisfies Files);
  git(dir, "init", "--quiet", "--initial-branch=main");
  git(dir, "add", "--all");
  git(dir, "commit", "--quiet", "--message", "first");
  return {
    dir,
    repos: [...repos.values()].map((repo) => ({ ...repo, path: join(others, repo.path) })),
  };
}

/** Every job of a workflow and of those that it calls, by the file that it stands in. */
export function jobsIn(
  loaded: LoadedWorkflow,
  prefix = "",
): { path: string; file: string; id: string }[] {
  const file = loaded.workflow.file.split("/").at(-1) ?? "";
  return [...loaded.workflow.jobs.values()].flatMap((job) => {
    const called = loaded.calls.get(job.id);
    const path = `${prefix}${job.id}`;
    return called ? jobsIn(called, `${path}/`) : [{ path, file, id: job.id }];
  });
}

interface WorkflowFile {
  readonly jobs: { readonly [id: string]: { steps?: { name?: string; run?: string }[] } };
}

/** Puts a step in front of a job of a workflow file; `Injected` is its name. */
export function injected(file: string, id: string, script: string) {
  return (path: string, text: string): string => {
    if (path !== file) return text;
    const workflow = parse(text) as WorkflowFile;
    workflow.jobs[id]?.steps?.unshift({ name: "Injected", run: script });
    return stringify(workflow, { lineWidth: 0 });
  };
}

/** Lets a job of a workflow file fail at its first step. */
export function failing(file: string, id: string) {
  return injected(file, id, "exit 1");
}

/** What the workflows hand over, in place of what makes it. */
const LEAVES_FILES =
  "mkdir -p figures benchmarks profile coverage; for d in figures benchmarks profile coverage; do echo x > $d/x; done";

/** The checks of a repository take minutes and the network: here only how their jobs depend on each other counts. */
function withoutScripts(path: string, text: string): string {
  if (!["ci.yml", "security.yml", "performance.yml"].includes(path)) return text;
  const workflow = parse(text) as WorkflowFile;
  for (const { steps = [] } of Object.values(workflow.jobs)) {
    for (const step of steps) if (step.run !== undefined) step.run = LEAVES_FILES;
  }
  return stringify(workflow, { lineWidth: 0 });
}

export function flat(jobs: { readonly [id: string]: JobReport }, prefix = ""): Map<string, string> {
  const results = new Map<string, string>();
  for (const [id, report] of Object.entries(jobs)) {
    results.set(`${prefix}${id}`, report.result);
    for (const [inner, result] of flat(report.jobs, `${prefix}${id}/`)) results.set(inner, result);
  }
  return results;
}
