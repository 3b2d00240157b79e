import { describe, expect, it } from "vitest";
import { lint } from "../../rehearsal/lint.ts";
import { folder, runWorkflow } from "./rehearsed.ts";

const job = (steps: string): string => `
on: push
jobs:
  a:
    runs-on: x
    steps:
${steps.replace(/^\n/, "").trimEnd().replace(/^/gm, "      ")}
`;

describe("steps in the background", () => {
  it("run beside the steps after them; what they leave is there after the wait", async () => {
    const { result, printed, steps } = await runWorkflow(
      job(`
- id: server
  background: true
  run: |
    until [ -f go ]; do sleep 0.05; done
    echo "x=from the background" >> $GITHUB_OUTPUT
    echo "Y=set" >> $GITHUB_ENV
    echo served
- run: echo "before [\${{ steps.server.outputs.x }}]"; touch go
- wait: server
- run: echo "after [\${{ steps.server.outputs.x }}] $Y \${{ steps.server.outcome }}"
`),
    );
    expect(result.jobs.a).toBe("success");
    // Of two that print beside each other, either may be read first.
    expect(printed("a").slice(0, 2).sort()).toEqual(["before []", "served"]);
    expect(printed("a").slice(2)).toEqual(["after [from the background] set success"]);
    expect(steps("a")).toContain("Wait for server: success");
  });

  it("fail the wait that includes them, which always runs", async () => {
    const { result, steps } = await runWorkflow(
      job(`
- { id: bad, background: true, run: exit 3 }
- { name: Foreground, run: exit 1 }
- { name: Both, wait: [bad] }
- { name: Skipped, run: "true" }
- { name: Told, if: failure(), run: "true" }
`),
    );
    expect(result.jobs.a).toBe("failure");
    expect(steps("a")).toEqual(
      expect.arrayContaining(["Both: failure", "Skipped: skipped", "Told: success"]),
    );
  });

  it("are waited for at the end of the job, and fail it, when nobody did before", async () => {
    const { result, printed } = await runWorkflow(
      job(`
- { background: true, run: "until [ -f go ]; do sleep 0.05; done; echo late; exit 1" }
- { run: echo first; touch go }
`),
    );
    expect(printed("a").sort()).toEqual(["first", "late"]);
    expect(result.jobs.a).toBe("failure");
  });

  it("may fail with continue-on-error", async () => {
    const { result, printed } = await runWorkflow(
      job(`
- { id: soft, background: true, continue-on-error: true, run: exit 1 }
- { wait-all: }
- { run: "echo \${{ steps.soft.outcome }} \${{ steps.soft.conclusion }}" }
`),
    );
    expect(result.jobs.a).toBe("success");
    expect(printed("a")).toEqual(["failure success"]);
  });

  it("are ended by cancel, gracefully, and that is no failure", async () => {
    const { result, printed, steps } = await runWorkflow(
      job(`
- id: monitor
  name: Monitor
  background: true
  run: |
    trap 'echo cleaned up; exit 0' INT TERM
    touch up
    while true; do sleep 0.05; done
- run: until [ -f up ]; do sleep 0.05; done
- { run: exit 1, continue-on-error: true }
- { cancel: monitor }
- run: echo "\${{ steps.monitor.outcome }}"
`),
    );
    expect(result.jobs.a).toBe("success");
    expect(printed("a")).toEqual(["cleaned up", "cancelled"]);
    expect(steps("a")).toContain("Monitor: cancelled");
  });

  it("stand side by side in parallel, ten at a time, each with outputs of its own", async () => {
    const members = [...Array(12).keys()].map(
      (n) =>
        `    - { id: s${n}, run: "echo n=${n} >> $GITHUB_OUTPUT; touch here-${n}; for i in $(seq 1200); do [ $(ls here-* | wc -l) -ge 10 ] && exit 0; sleep 0.05; done; exit 1" }`,
    );
    const { result, printed } = await runWorkflow(
      job(
        `- parallel:\n${members.join("\n")}\n- run: echo \${{ steps.s0.outputs.n }} \${{ steps.s11.outputs.n }}`,
      ),
    );
    expect(result.jobs.a).toBe("success");
    expect(printed("a")).toEqual(["0 11"]);
  });

  it("end when the job is cancelled", async () => {
    const { result, steps } = await runWorkflow(
      job(`
- { name: Long, background: true, run: sleep 60 }
- { id: now, run: "true" }
- { name: Wait, wait-all: }
`),
      { cancelAfter: { at: "a/now", delayMs: 200 } },
    );
    expect(result.conclusion).toBe("cancelled");
    expect(steps("a")).toContain("Long: cancelled");
  });

  it("are refused in composite actions, with their place", async () => {
    const dir = folder({
      ".github/workflows/test.yml": job("- uses: $/act"),
      "act/action.yml":
        "name: a\nruns:\n  using: composite\n  steps:\n    - { run: x, shell: bash, background: true }\n",
    });
    const { faults } = await lint(dir);
    expect(faults.map(({ file, line }) => [file, line])).toContainEqual(["act/action.yml", 5]);
  });

  it("that nobody knows are told, and not waited for", async () => {
    const { result, annotations } = await runWorkflow(job("- { wait: nobody }"));
    expect(result.jobs.a).toBe("success");
    expect(annotations("a")).toEqual([
      "warning: There is no background step 'nobody' before this one.",
    ]);
  });
});
