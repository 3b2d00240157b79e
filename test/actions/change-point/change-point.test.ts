import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { historyText } from "../../../lib/change-point/history.ts";
import {
  type Files,
  git,
  type Rehearsed,
  repository,
  run,
  write,
} from "../../rehearsal/rehearsed.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const ACTION = `"${process.execPath}" --disable-warning=ExperimentalWarning "${ROOT}scripts/run-action.ts" change-point`;

interface Job {
  readonly steps: readonly { readonly uses?: string; readonly with?: Record<string, string> }[];
}

/** The jobs `history` and `keep` of performance.yml as they are, but for the action, which is run from its sources. */
function workflow(figure: number): string {
  const text = readFileSync(`${ROOT}.github/workflows/performance.yml`, "utf8");
  const { jobs } = parse(text) as { jobs: Record<string, Job> };
  const measured = [1, 2, 3].map((machine) => {
    const value = figure * (1 + machine / 1_000);
    const figures = [{ name: "p95", value, unit: "ms", better: "lower" }];
    return `mkdir -p figures && echo '${JSON.stringify({ figures })}' > figures/figures.json`;
  });
  const history = jobs.history?.steps.map((step) =>
    step.uses === "$/actions/change-point"
      ? { id: "judge", run: ACTION, env: inputsOf(step.with ?? {}) }
      : step,
  );
  const measure = {
    "runs-on": "x",
    strategy: { matrix: { include: measured.map((script, at) => ({ machine: at + 1, script })) } },
    steps: [
      { run: "${{ matrix.script }}" },
      {
        uses: "actions/upload-artifact@v7",
        with: { name: "figures-${{ matrix.machine }}", path: "figures" },
      },
    ],
  };
  return JSON.stringify({
    on: "push",
    permissions: { contents: "write" },
    jobs: { measure, history: { ...jobs.history, steps: history }, keep: jobs.keep },
  });
}

function inputsOf(given: Readonly<Record<string, string>>): Record<string, string> {
  const inputs = { ...given, commit: "${{ github.sha }}" };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

/** A repository whose branch performance-history has `runs` runs of 20 ms, give or take. */
function measuredBefore(
  runs: number,
  figure: number,
  more: Files = {},
): { dir: string; sha: string } {
  const lines = Array.from({ length: runs }, (_, at) => ({
    at: new Date(Date.UTC(2026, 0, 1 + at)).toISOString(),
    commit: (0xabc000 + at).toString(16).padEnd(40, "0"),
    figures: [
      { name: "p95", value: 20 + ((at * 7) % 5) / 10, unit: "ms", better: "lower" as const },
    ],
  }));
  const dir = repository({ "history.jsonl": historyText(lines) });
  git(dir, "branch", "performance-history");
  git(dir, "rm", "--quiet", "history.jsonl");
  const files = { ".github/workflows/weekly.yml": workflow(figure), ...more };
  for (const [path, text] of Object.entries(files)) write(dir, { [path]: text });
  git(dir, "add", "--all");
  git(dir, "commit", "--quiet", "--message", "Slower");
  return { dir, sha: git(dir, "rev-parse", "HEAD").trim() };
}

function told(events: Rehearsed["events"]): string {
  return events
    .flatMap((event) => (event.type === "annotation" ? [event.annotation.message] : []))
    .join("\n");
}

describe("the weekly history", () => {
  it("ends red for a planted regression, names its commit, and keeps the runs all the same", async () => {
    const { dir, sha } = measuredBefore(18, 26);
    const { result, events, printed } = await run(dir, { event: "push" });
    expect(result.jobs).toEqual({ measure: "success", history: "failure", keep: "success" });
    expect(told(events)).toMatch(
      new RegExp(
        `p95 is (28|29|30) % worse since ${sha.slice(0, 12)} \\(last before: abc011000000; 3 runs`,
      ),
    );
    expect(printed("keep").join("\n")).toContain("performance-history");
  });

  it("passes where nothing changed, and is undecided while it is young", async () => {
    const same = await run(measuredBefore(18, 20.2).dir, { event: "push" });
    expect(same.result.conclusion).toBe("success");
    expect(same.printed("history").join("\n")).toContain("1 figures over 21 runs: no change");
    const young = await run(measuredBefore(1, 20.2).dir, { event: "push" });
    expect(young.result.conclusion).toBe("success");
    expect(told(young.events)).toContain("too few to tell a change from chance");
  });

  it("takes no change for accepted that another entry is about", async () => {
    const accepted = "accepted: [{ figure: other, commit: abcdef0, reason: it was meant so }]";
    const refused = await run(measuredBefore(18, 26, { ".change-point.yaml": accepted }).dir, {
      event: "push",
    });
    expect(refused.result.conclusion).toBe("failure");
  });
});
