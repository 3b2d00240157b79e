import { describe, expect, it } from "vitest";
import { folder, run } from "./rehearsed.ts";

const WORKFLOW = `
on: push
jobs:
  build: { runs-on: x, outputs: { at: "\${{ steps.s.outputs.at }}" }, steps: [{ id: s, run: 'echo "at=$(date +%N)" >> $GITHUB_OUTPUT' }] }
  test: { needs: build, runs-on: x, steps: [{ run: "[ $OK = yes ]", env: { OK: "\${{ vars.OK }}" } }] }
  other: { runs-on: x, steps: [{ run: "true" }] }
  call: { needs: build, uses: ./.github/workflows/called.yml }
  report: { needs: [test, call], if: always(), runs-on: x, steps: [{ run: "echo \${{ needs.test.result }} \${{ needs.build.outputs.at }}" }] }
`;
const CALLED = `
on: workflow_call
jobs:
  one: { runs-on: x, steps: [{ run: "true" }] }
  two: { needs: one, runs-on: x, steps: [{ run: "true" }] }
  three: { runs-on: x, steps: [{ run: "true" }] }
`;

function repositoryOf(): string {
  return folder({ ".github/workflows/test.yml": WORKFLOW, ".github/workflows/called.yml": CALLED });
}

function started(events: Awaited<ReturnType<typeof run>>["events"]): string[] {
  return events.flatMap((event) => (event.type === "job-started" ? [event.job] : [])).sort();
}

describe("a part of a run", () => {
  it("is one job with what it needs", async () => {
    const { result, events } = await run(repositoryOf(), {
      workflow: "test.yml",
      job: "test",
      vars: { OK: "yes" },
    });
    expect(result.jobs).toEqual({ build: "success", test: "success" });
    expect(started(events)).toEqual(["build", "test"]);
  });

  it("is one job of a called workflow", async () => {
    const { events } = await run(repositoryOf(), { workflow: "test.yml", job: "call/two" });
    expect(started(events)).toEqual(["build", "call", "call/one", "call/two"]);
  });

  it("begins at a job, and takes the others as they ended, for better or worse", async () => {
    const dir = repositoryOf();
    const first = await run(dir, { workflow: "test.yml" });
    expect(first.result.jobs).toMatchObject({ test: "failure", report: "success" });
    const again = await run(dir, { workflow: "test.yml", rerun: first.result, from: "report" });
    expect(started(again.events)).toEqual(["report"]);
    expect(again.printed("report")[0]).toBe("failure");
    expect(again.result.jobs.test).toBe("failure");
    const inside = await run(dir, { workflow: "test.yml", rerun: first.result, from: "call/two" });
    expect(started(inside.events)).toEqual(["call", "call/two", "report"]);
  });

  it("must name a job that there is, and a run before", async () => {
    const dir = repositoryOf();
    await expect(run(dir, { workflow: "test.yml", job: "tset" })).rejects.toMatchObject({
      hint: "Did you mean test?",
    });
    await expect(run(dir, { workflow: "test.yml", from: "test" })).rejects.toThrow(
      "--from needs the results of a run before",
    );
  });
});

describe("the rules of an environment", () => {
  it("let time pass only in words, unless it is wanted for real", async () => {
    const dir = folder({
      ".github/workflows/test.yml": `on: push\njobs: { d: { environment: production, runs-on: x, steps: [{ run: "true" }] } }`,
    });
    const waits = async (wait: string, realTime: boolean) => {
      const { events, result } = await run(dir, {
        environments: { production: { wait } },
        realTime,
      });
      expect(result.conclusion).toBe("success");
      return events.flatMap((event) => (event.type === "job-waiting" ? [event.reason] : []));
    };
    expect(await waits("30m", false)).toEqual([
      "the wait timer of production: 30m, which GitHub would wait and the rehearsal does not",
    ]);
    const from = performance.now();
    expect(await waits("300ms", true)).toEqual(["the wait timer of production: 300ms"]);
    expect(performance.now() - from).toBeGreaterThanOrEqual(299);
    await expect(run(dir, { environments: { production: { wait: "soon" } } })).rejects.toThrow(
      "production.wait",
    );
  });

  it.each([
    [{ branches: ["main"] }, "refs/heads/main", "success"],
    [{ branches: ["main"] }, "refs/tags/v1.0.0", "failure"],
    [{ tags: ["v*"] }, "refs/tags/v1.0.0", "success"],
    [{ branches: ["release/*"], tags: ["v*"] }, "refs/heads/release/a/b", "failure"],
    [{}, "refs/heads/anything", "success"],
  ])("let %j deploy from %s: %s", async (rules, ref, conclusion) => {
    const dir = folder({
      ".github/workflows/test.yml": `on: push\njobs: { d: { environment: production, runs-on: x, steps: [{ run: "true" }] } }`,
    });
    const { result } = await run(dir, { environments: { production: rules }, ref });
    expect(result.conclusion).toBe(conclusion);
  });
});
