import { rmSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseMoment } from "../../rehearsal/run/disturbance.ts";
import type { RunResult } from "../../rehearsal/run.ts";
import { cdPrefix, DISTURBED, type Disturbed } from "./own-cases.ts";
import { flat, injected, standInRepository } from "./own-repository.ts";
import { run } from "./rehearsed.ts";

/** Two runs of a release, on a machine that does other things too. */
const LIMIT_MS = 240_000;

function resultsOf(result: Pick<RunResult, "tree">): Map<string, string> {
  return flat(Object.assign({}, ...Object.values(result.tree)));
}

/** What was placed and did not get all traffic is taken back, whatever ended the run. */
function expectNothingLeft({ workflow }: Disturbed, results: ReadonlyMap<string, string>): void {
  const prefix = cdPrefix(workflow);
  if (prefix === undefined) return;
  const told = JSON.stringify([...results]);
  const isPlaced = results.get(`${prefix}deploy`) === "success";
  const isPromoted = results.get(`${prefix}promote`) === "success";
  expect(results.get(`${prefix}rollback`) === "success", told).toBe(isPlaced && !isPromoted);
  if (workflow === "release.yml" && !isPromoted)
    expect(results.get("publish"), told).toBe("skipped");
}

describe("this repository's workflows, disturbed", { timeout: LIMIT_MS }, () => {
  it.each(DISTURBED)(
    "$workflow, by $by, is cancelled in $job: nothing after it goes on, and nothing is left",
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

  it.each(DISTURBED)(
    "$workflow, by $by, loses the runner of $job: it ends red, and nothing is left",
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

  it.each(DISTURBED)(
    "$workflow, by $by, is run again after $job failed once, and then succeeds",
    async (one) => {
      const flaky = '[ "$GITHUB_RUN_ATTEMPT" -gt 1 ]';
      const { dir, repos } = standInRepository(injected(one.file, one.id, flaky));
      const options = { workflow: one.workflow, repos, approve: "always", ...one.options } as const;
      const first = await run(dir, { ...options, keep: true });
      onTestFinished(() => rmSync(first.result.folder, { recursive: true, force: true }));
      expect(resultsOf(first.result).get(one.job)).toBe("failure");
      const second = await run(dir, { ...options, rerun: first.result });
      expect(second.result.conclusion, JSON.stringify([...resultsOf(second.result)])).toBe(
        "success",
      );
      expect(resultsOf(second.result).get(one.job)).toBe("success");
    },
  );
});
