import { describe, expect, it } from "vitest";
import { parseMoment } from "../../rehearsal/run/disturbance.ts";
import type { RehearseOptions, RunResult } from "../../rehearsal/run.ts";
import { flat, injected, standInRepository } from "./own-repository.ts";
import { run } from "./rehearsed.ts";

interface Case {
  readonly workflow: string;
  /** The file that the job stands in, and where the job is in the run. */
  readonly file: string;
  readonly id: string;
  readonly job: string;
  readonly options: Partial<RehearseOptions>;
}

const RELEASE = {
  workflow: "release.yml",
  options: { event: "push", ref: "refs/tags/v1.2.3" },
} as const;
const DRILL = { environment: "production", reason: "a drill" };

/** One job of each workflow, and of a release all that is between the first byte on a host and the last. */
const CASES: readonly Case[] = [
  { ...RELEASE, file: "release.yml", id: "candidate", job: "candidate" },
  { ...RELEASE, file: "cd.yml", id: "deploy", job: "cd/deploy" },
  { ...RELEASE, file: "cd.yml", id: "load", job: "cd/load" },
  { ...RELEASE, file: "cd.yml", id: "promote", job: "cd/promote" },
  { ...RELEASE, file: "release.yml", id: "publish", job: "publish" },
  { workflow: "ci.yml", file: "ci.yml", id: "test", job: "test", options: { event: "push" } },
  {
    workflow: "security.yml",
    file: "security.yml",
    id: "dependencies",
    job: "dependencies",
    options: { event: "schedule" },
  },
  {
    workflow: "performance.yml",
    file: "performance.yml",
    id: "history",
    job: "history",
    options: { event: "schedule" },
  },
  {
    workflow: "rollback.yml",
    file: "rollback.yml",
    id: "rollback",
    job: "rollback",
    options: { event: "workflow_dispatch", inputs: DRILL },
  },
];

function resultsOf(result: Pick<RunResult, "tree">): Map<string, string> {
  return flat(Object.assign({}, ...Object.values(result.tree)));
}

/** What was placed and did not get all traffic is taken back, whatever ended the run. */
function expectNothingLeft({ workflow }: Case, results: ReadonlyMap<string, string>): void {
  if (workflow !== "release.yml") return;
  const told = JSON.stringify([...results]);
  const isPlaced = results.get("cd/deploy") === "success";
  const isPromoted = results.get("cd/promote") === "success";
  expect(results.get("cd/rollback") === "success", told).toBe(isPlaced && !isPromoted);
  if (!isPromoted) expect(results.get("publish"), told).toBe("skipped");
}

describe("this repository's workflows, disturbed", () => {
  it.each(CASES)(
    "$workflow is cancelled in $job: nothing after it goes on, and nothing is left",
    async (one) => {
      const { dir, repos } = standInRepository(injected(one.file, one.id, "true"));
      const { result } = await run(dir, {
        workflow: one.workflow,
        repos,
        approve: "always",
        ...one.options,
        cancelAfter: parseMoment(`${one.job}/Injected`),
      });
      expect(result.conclusion).toBe("cancelled");
      const results = resultsOf(result);
      expect(results.get(one.job)).toBe("cancelled");
      expectNothingLeft(one, results);
    },
  );

  it.each(CASES)(
    "$workflow loses the runner of $job: it ends red, and nothing is left",
    async (one) => {
      const { dir, repos } = standInRepository(injected(one.file, one.id, "sleep 30"));
      const { result, reason } = await run(dir, {
        workflow: one.workflow,
        repos,
        approve: "always",
        ...one.options,
        loseRunner: parseMoment(`${one.job}/Injected`),
      });
      expect(result.conclusion).toBe("failure");
      expect(reason(one.job)).toContain("lost communication");
      expectNothingLeft(one, resultsOf(result));
    },
  );

  it.each(CASES)(
    "$workflow is run again after $job failed once, and then succeeds",
    async (one) => {
      const flaky = '[ "$GITHUB_RUN_ATTEMPT" -gt 1 ]';
      const { dir, repos } = standInRepository(injected(one.file, one.id, flaky));
      const options = { workflow: one.workflow, repos, approve: "always", ...one.options } as const;
      const first = await run(dir, { ...options, keep: true });
      expect(resultsOf(first.result).get(one.job)).toBe("failure");
      const second = await run(dir, { ...options, rerun: first.result });
      expect(second.result.conclusion, JSON.stringify([...resultsOf(second.result)])).toBe(
        "success",
      );
      expect(resultsOf(second.result).get(one.job)).toBe("success");
    },
  );
});
