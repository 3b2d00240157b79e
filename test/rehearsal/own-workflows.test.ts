import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { JobReport } from "../../rehearsal/run/workflow-run.ts";
import { prepareRehearsal, type RehearseOptions } from "../../rehearsal/run.ts";
import { standInFor } from "../../rehearsal/stand-in/stand-in.ts";
import type { LoadedWorkflow } from "../../rehearsal/workflow/load.ts";
import { ancestorsOf } from "../../rehearsal/workflow/needs.ts";
import { type Files, folder, git, run } from "./rehearsed.ts";

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
          run: 'echo "$OUTPUTS" >> "$GITHUB_OUTPUT"; echo "$INPUTS" | while read -r f; do case "$f" in */*[!/]) case "$f" in *[:\\ ]*|-*|/*) ;; *) [ -e "$f" ] || { mkdir -p "$(dirname "$f")" && echo x > "$f"; } ;; esac ;; esac; done',
        },
      ],
    },
  });
}

/** This repository's workflows, with stand-ins for its actions and for everybody else's. */
function standInRepository(change: (path: string, text: string) => string = (_path, text) => text) {
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
    files[`actions/${path}`] = standIn(join(ROOT, "actions", path));
  }
  const others = folder(elsewhere);
  const dir = folder({
    ...files,
    "engine/package.json": "{}",
    "environments/production.yaml": "x",
  } satisfies Files);
  git(dir, "init", "--quiet", "--initial-branch=main");
  git(dir, "add", "--all");
  git(dir, "commit", "--quiet", "--message", "first");
  return {
    dir,
    repos: [...repos.values()].map((repo) => ({ ...repo, path: join(others, repo.path) })),
  };
}

interface Start {
  readonly workflow: string;
  readonly options: Partial<RehearseOptions>;
}

const STARTS: readonly Start[] = [
  { workflow: "release.yml", options: { event: "push", ref: "refs/tags/v1.2.3" } },
  { workflow: "ci.yml", options: { event: "push" } },
  { workflow: "security.yml", options: { event: "schedule" } },
  { workflow: "performance.yml", options: { event: "schedule" } },
  {
    workflow: "rollback.yml",
    options: {
      event: "workflow_dispatch",
      inputs: { environment: "production", reason: "a drill" },
    },
  },
];

/** Every job of a workflow and of those that it calls, by the file that it stands in. */
function jobsIn(loaded: LoadedWorkflow, prefix = ""): { path: string; file: string; id: string }[] {
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

/** Lets a job of a workflow file fail at its first step. */
function failing(file: string, id: string) {
  return (path: string, text: string): string => {
    if (path !== file) return text;
    const workflow = parse(text) as WorkflowFile;
    workflow.jobs[id]?.steps?.unshift({ name: "Injected", run: "exit 1" });
    return stringify(workflow, { lineWidth: 0 });
  };
}

/** The checks of a repository take minutes and the network: here only how their jobs depend on each other counts. */
function withoutScripts(path: string, text: string): string {
  if (!["ci.yml", "security.yml", "performance.yml"].includes(path)) return text;
  const workflow = parse(text) as WorkflowFile;
  for (const { steps = [] } of Object.values(workflow.jobs)) {
    for (const step of steps) if (step.run !== undefined) step.run = "true";
  }
  return stringify(workflow, { lineWidth: 0 });
}

function flat(jobs: { readonly [id: string]: JobReport }, prefix = ""): Map<string, string> {
  const results = new Map<string, string>();
  for (const [id, report] of Object.entries(jobs)) {
    results.set(`${prefix}${id}`, report.result);
    for (const [inner, result] of flat(report.jobs, `${prefix}${id}/`)) results.set(inner, result);
  }
  return results;
}

/** The jobs of the same workflow that wait for it and say nothing about failures. */
function dependents(loaded: LoadedWorkflow, id: string): string[] {
  const { jobs } = loaded.workflow;
  const speaks = (name: string): boolean =>
    /always|failure|cancelled/.test(jobs.get(name)?.condition.source ?? "");
  return [...jobs.keys()].filter((name) => ancestorsOf(jobs, name).has(id) && !speaks(name));
}

function at(loaded: LoadedWorkflow, path: string): LoadedWorkflow {
  const [first = "", ...rest] = path.split("/");
  const called = loaded.calls.get(first);
  return called && rest.length > 0 ? at(called, rest.join("/")) : loaded;
}

const plain = standInRepositoryOnce();
function standInRepositoryOnce() {
  let jobs: Promise<{ start: Start; loaded: LoadedWorkflow }[]> | undefined;
  return () => {
    jobs ??= Promise.all(
      STARTS.map(async (start) => {
        const { dir, repos } = standInRepository();
        const { workflows } = await prepareRehearsal({
          dir,
          repos,
          workflow: start.workflow,
          ...start.options,
        });
        const [loaded] = workflows;
        if (!loaded) throw new Error(`${start.workflow} was not started`);
        return { start, loaded };
      }),
    );
    return jobs;
  };
}

describe("this repository's workflows, with stand-ins for their actions", () => {
  it.each(STARTS)("$workflow succeeds when nothing fails", async ({ workflow, options }) => {
    const { dir, repos } = standInRepository();
    const { result, events } = await run(dir, { workflow, repos, approve: "always", ...options });
    const faults = events.flatMap((event) =>
      event.type === "annotation" && event.annotation.level === "error"
        ? [`${event.job}: ${event.annotation.message}`]
        : [],
    );
    expect(faults).toEqual([]);
    expect(result.conclusion).toBe("success");
    expect(
      flat(Object.assign({}, ...Object.values(result.tree))).get("cd/rollback") ?? "skipped",
    ).toBe("skipped");
  });

  it("end red when any one of their jobs fails: nothing goes on to traffic, what was placed is taken back, and the record is written", async () => {
    let tried = 0;
    for (const { start, loaded } of await plain()) {
      for (const { path, file, id } of jobsIn(loaded)) {
        // It runs only when another one failed.
        if (path === "cd/rollback") continue;
        tried++;
        const { dir, repos } = standInRepository(failing(file, id));
        const { workflow, options } = start;
        const { result } = await run(dir, { workflow, repos, approve: "always", ...options });
        const results = flat(Object.assign({}, ...Object.values(result.tree)));
        const told = `${workflow}: ${path} failed, and ${JSON.stringify([...results])}`;
        expect(results.get(path), told).toBe("failure");
        expect(result.conclusion, told).toBe("failure");
        const prefix = path
          .split("/")
          .slice(0, -1)
          .map((part) => `${part}/`)
          .join("");
        for (const later of dependents(at(loaded, path), id))
          expect(results.get(`${prefix}${later}`), told).toBe("skipped");
        if (workflow !== "release.yml") continue;
        expect(results.get("record"), told).not.toBe("skipped");
        const isPlaced = results.get("cd/deploy") === "success";
        const isPromoted = results.get("cd/promote") === "success";
        expect(results.get("cd/rollback") === "success", told).toBe(isPlaced && !isPromoted);
      }
    }
    expect(tried).toBeGreaterThanOrEqual(5);
  });

  it("take back what was placed when the approval is refused", async () => {
    const { dir, repos } = standInRepository();
    const options = {
      workflow: "release.yml",
      event: "push",
      ref: "refs/tags/v1.2.3",
      approve: "never",
    } as const;
    const { result } = await run(dir, { repos, ...options });
    const results = flat(Object.assign({}, ...Object.values(result.tree)));
    expect(Object.fromEntries(results)).toMatchObject({
      "cd/deploy": "success",
      "cd/approve": "failure",
      "cd/promote": "skipped",
      "cd/rollback": "success",
      record: "success",
    });
    expect(result.conclusion).toBe("failure");
    const states = (result.github.deployments ?? []).map((deployment) => deployment.states.at(-1));
    expect(states).toEqual(["failure"]);
  });
});
