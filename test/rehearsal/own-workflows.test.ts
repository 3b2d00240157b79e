import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { prepareRehearsal } from "../../rehearsal/run.ts";
import type { LoadedWorkflow } from "../../rehearsal/workflow/load.ts";
import { ancestorsOf } from "../../rehearsal/workflow/needs.ts";
import { fillMarkers } from "../../scripts/generate/generated-file.ts";
import { APPROVED, caseTable, cdPrefix, FAILING, STARTS, type Start } from "./own-cases.ts";
import { failing, flat, jobsIn, standInRepository } from "./own-repository.ts";
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

describe("this repository's workflows, with stand-ins for their actions", {
  timeout: EACH_JOB_MS,
}, () => {
  it.each(STARTS)(
    "$workflow succeeds when nothing fails, by $by",
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
      const results = flat(Object.assign({}, ...Object.values(result.tree)));
      expect(results.get(`${cdPrefix(workflow)}rollback`) ?? "skipped").toBe("skipped");
    },
  );

  it.each([
    [{ ref: "refs/heads/main" }, "skipped", "staging"],
    [{ ref: "refs/tags/v1.2.3" }, "success", "production"],
    [{ ref: "refs/heads/main", inputs: { version: "v1.2.3" } }, "success", "production"],
    [
      { ref: "refs/heads/main", inputs: { version: "v1.2.3", environment: "staging" } },
      "skipped",
      "staging",
    ],
  ] as const)(
    "lead main to staging, where nothing is published, and a tag or a dispatch to production: %o",
    async (start, published, environment) => {
      const { dir, repos } = standInRepository();
      const event = "inputs" in start ? "workflow_dispatch" : "push";
      const options = { workflow: "release.yml", event, approve: "always", ...start } as const;
      const { result } = await run(dir, { repos, ...options });
      const results = flat(Object.assign({}, ...Object.values(result.tree)));
      expect(result.github.deployments?.map((one) => one.environment)).toEqual([environment]);
      expect([results.get("new"), results.get("publish")]).toEqual([published, published]);
      expect(results.get("cd/promote")).toBe("success");
    },
  );

  it.each(FAILING)(
    "end red when any one job of $workflow fails, by $by: nothing goes on to traffic, what was placed is taken back, and the record is written",
    async (start) => {
      const loaded = await loadedFor(start);
      const { workflow, options } = start;
      for (const { path, file, id } of jobsIn(loaded)) {
        // The one runs only when another failed, the other only in a run of its own.
        if (path === `${cdPrefix(workflow)}rollback` || path === "cd/record") continue;
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
        const cd = cdPrefix(workflow);
        // Nothing was begun when the version was released before.
        if (cd === undefined || id === "new") continue;
        expect(results.get("record"), told).not.toBe("skipped");
        const isPlaced = results.get(`${cd}deploy`) === "success";
        const isPromoted = results.get(`${cd}promote`) === "success";
        expect(results.get(`${cd}rollback`) === "success", told).toBe(isPlaced && !isPromoted);
      }
    },
  );

  it.each([
    [{ SLUICE_WITHOUT: "cosign-sign, k6gate" }, "without: given k6gate", "did you mean k6-gate?"],
    [{ SLUICE_LOAD: '{"margn": 5}' }, "load-settings: given margn", "did you mean margin?"],
  ])(
    "refuse a list with a word that means nothing before anything is placed: %o",
    async (vars, given, near) => {
      const { dir, repos } = standInRepository(undefined, ["known-words"]);
      const options = { event: "push", ref: "refs/tags/v1.2.3", approve: "always" } as const;
      const { result, annotations } = await run(dir, {
        ...{ workflow: "release.yml", repos, vars },
        ...options,
      });
      const results = flat(Object.assign({}, ...Object.values(result.tree)));
      expect(annotations("cd/deploy").join("\n")).toContain(given);
      expect(annotations("cd/deploy").join("\n")).toContain(near);
      expect([results.get("cd/deploy"), results.get("cd/promote")]).toEqual(["failure", "skipped"]);
      expect(results.get("publish")).toBe("skipped");
    },
  );

  it.each(APPROVED)(
    "$workflow, by $by, ends red when the approval is refused, and what was placed is taken back",
    async ({ workflow, options, approval }) => {
      const { dir, repos } = standInRepository();
      const { result } = await run(dir, { workflow, repos, ...options, approve: "never" });
      const results = flat(Object.assign({}, ...Object.values(result.tree)));
      const told = JSON.stringify([...results]);
      expect(result.conclusion, told).toBe("failure");
      expect(results.get(approval), told).toBe("failure");
      const states = (result.github.deployments ?? []).map(({ states: all }) => all.at(-1));
      expect(states).toEqual(["failure"]);
      const cd = cdPrefix(workflow);
      if (cd === undefined) return;
      expect(results.get(`${cd}deploy`), told).toBe("success");
      expect(results.get(`${cd}promote`), told).toBe("skipped");
      expect(results.get(`${cd}rollback`), told).toBe("success");
      expect(results.get("record"), told).toBe("success");
    },
  );

  it("are told of in docs/workflows.md, case by case", () => {
    const file = fileURLToPath(new URL("../../docs/workflows.md", import.meta.url));
    const text = readFileSync(file, "utf8");
    const current = fillMarkers(text, "cases", caseTable()) ?? "the markers of cases are gone";
    if (process.env.SLUICE_WRITE_DOCS === "1") writeFileSync(file, current);
    else expect(text, "SLUICE_WRITE_DOCS=1 with this test writes it").toBe(current);
  });
});
