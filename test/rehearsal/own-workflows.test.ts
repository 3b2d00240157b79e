import { describe, expect, it } from "vitest";
import { prepareRehearsal } from "../../rehearsal/run.ts";
import type { LoadedWorkflow } from "../../rehearsal/workflow/load.ts";
import { ancestorsOf } from "../../rehearsal/workflow/needs.ts";
import { failing, flat, jobsIn, STARTS, type Start, standInRepository } from "./own-repository.ts";
import { run } from "./rehearsed.ts";

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

/** A run for each job of a workflow, on a machine that does other things too. */
const EACH_JOB_MS = 300_000;

async function loadedFor({ workflow, options }: Start): Promise<LoadedWorkflow> {
  const { dir, repos } = standInRepository();
  const { workflows } = await prepareRehearsal({ dir, repos, workflow, ...options });
  const [loaded] = workflows;
  if (!loaded) throw new Error(`${workflow} was not started`);
  return loaded;
}

describe("this repository's workflows, with stand-ins for their actions", () => {
  it.each(STARTS)(
    "$workflow succeeds when nothing fails ($options.event $options.ref)",
    async ({ workflow, options }) => {
      const { dir, repos } = standInRepository();
      const { result, events } = await run(dir, { workflow, repos, approve: "always", ...options });
      const faults = events.flatMap((event) =>
        event.type === "annotation" &&
        event.annotation.level === "error" &&
        // The first run has no history yet, and goes on without.
        !event.annotation.message.includes("performance-history")
          ? [`${event.job}: ${event.annotation.message}`]
          : [],
      );
      expect(faults).toEqual([]);
      expect(result.conclusion).toBe("success");
      expect(
        flat(Object.assign({}, ...Object.values(result.tree))).get("cd/rollback") ?? "skipped",
      ).toBe("skipped");
    },
  );

  it("publish what a version tag released, and nothing of staging, which main goes to by itself", async () => {
    const ends = await Promise.all(
      ["refs/tags/v1.2.3", "refs/heads/main"].map(async (ref) => {
        const { dir, repos } = standInRepository();
        const options = { workflow: "release.yml", event: "push", ref, approve: "always" } as const;
        const { result } = await run(dir, { repos, ...options });
        const results = flat(Object.assign({}, ...Object.values(result.tree)));
        const environments = (result.github.deployments ?? []).map((one) => one.environment);
        return { new: results.get("new"), publish: results.get("publish"), environments };
      }),
    );
    expect(ends).toEqual([
      { new: "success", publish: "success", environments: ["production"] },
      { new: "skipped", publish: "skipped", environments: ["staging"] },
    ]);
  });

  it.each(STARTS.filter(({ options }) => options.ref !== "refs/heads/main"))(
    "end red when any one job of $workflow fails ($options.event $options.ref): nothing goes on to traffic, what was placed is taken back, and the record is written",
    { timeout: EACH_JOB_MS },
    async (start) => {
      const loaded = await loadedFor(start);
      const { workflow, options } = start;
      for (const { path, file, id } of jobsIn(loaded)) {
        // It runs only when another one failed.
        if (path === "cd/rollback") continue;
        const { dir, repos } = standInRepository(failing(file, id));
        const { result } = await run(dir, { workflow, repos, approve: "always", ...options });
        const results = flat(Object.assign({}, ...Object.values(result.tree)));
        const told = `${path} failed, and ${JSON.stringify([...results])}`;
        expect(results.get(path), told).toBe("failure");
        expect(result.conclusion, told).toBe("failure");
        const prefix = path
          .split("/")
          .slice(0, -1)
          .map((part) => `${part}/`)
          .join("");
        for (const later of dependents(at(loaded, path), id))
          expect(results.get(`${prefix}${later}`), told).toBe("skipped");
        // Nothing was begun when the version was released before.
        if (workflow !== "release.yml" || id === "new") continue;
        expect(results.get("record"), told).not.toBe("skipped");
        const isPlaced = results.get("cd/deploy") === "success";
        const isPromoted = results.get("cd/promote") === "success";
        expect(results.get("cd/rollback") === "success", told).toBe(isPlaced && !isPromoted);
      }
    },
  );

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
