import { describe, expect, it } from "vitest";
import { runWorkflow } from "./rehearsed.ts";

const step = "runs-on: x, steps: [{ run: 'true' }]";

describe("jobs", () => {
  it("skips what needs a failed job, down the chain, unless it asks otherwise", async () => {
    const { result } = await runWorkflow(`
      on: push
      jobs:
        bad: { runs-on: x, steps: [{ run: exit 1 }] }
        next: { needs: bad, ${step} }
        after: { needs: next, ${step} }
        rescue: { needs: Bad, if: failure(), ${step} }
        always: { needs: [bad, next], if: always(), ${step} }
        chain: { needs: always, ${step} }
        far: { needs: always, if: failure(), ${step} }
        free: { needs: always, if: "!cancelled()", ${step} }
      `);
    expect(result).toMatchObject({
      conclusion: "failure",
      jobs: {
        bad: "failure",
        next: "skipped",
        after: "skipped",
        rescue: "success",
        always: "success",
        chain: "skipped",
        far: "success",
        free: "success",
      },
    });
  });

  it("passes outputs and results by needs", async () => {
    const { printed } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          outputs: { v: "\${{ steps.s.outputs.v }}" }
          steps: [{ id: s, run: 'echo "v=42" >> $GITHUB_OUTPUT' }]
        two:
          needs: one
          runs-on: x
          steps: [{ run: "echo \${{ needs.one.outputs.v }} \${{ needs.one.result }}" }]
      `);
    expect(printed("two")).toEqual(["42 success"]);
  });

  it("does not let a job with continue-on-error fail the run", async () => {
    const { result } = await runWorkflow(`
      on: push
      jobs:
        soft: { runs-on: x, continue-on-error: true, steps: [{ run: exit 1 }] }
        next: { needs: soft, ${step} }
      `);
    expect(result).toMatchObject({ conclusion: "success", jobs: { next: "success" } });
  });

  it("runs a matrix in parallel, with include, exclude and max-parallel", async () => {
    const { result, printed, events } = await runWorkflow(`
      on: push
      jobs:
        make:
          runs-on: x
          outputs: { m: '\${{ steps.s.outputs.m }}' }
          steps: [{ id: s, run: 'echo "m=[1,2]" >> $GITHUB_OUTPUT' }]
        test:
          needs: make
          runs-on: x
          strategy:
            matrix:
              n: \${{ fromJSON(needs.make.outputs.m) }}
              os: [a, b]
              exclude: [{ n: 2, os: b }]
              include: [{ n: 1, extra: yes-one }, { n: 9, os: z }]
          steps: [{ run: "echo \${{ matrix.n }} \${{ matrix.os }} \${{ matrix.extra }} \${{ strategy.job-total }}" }]
      `);
    expect(result.conclusion).toBe("success");
    const started = events.flatMap((event) => (event.type === "job-started" ? [event.job] : []));
    expect(started.sort()).toEqual([
      "make",
      "test (1, a, yes-one)",
      "test (1, b, yes-one)",
      "test (2, a)",
      "test (9, z)",
    ]);
    expect(printed("test (1, a, yes-one)")).toEqual(["1 a yes-one 4"]);
    expect(printed("test (9, z)")).toEqual(["9 z 4"]);
  });

  it("runs jobs at the same time: each waits for the other", async () => {
    const wait =
      "for i in $(seq 600); do [ -e ../../../$OTHER ] && exit 0; sleep 0.1; done; exit 1";
    const { result } = await runWorkflow(`
      on: push
      jobs:
        a: { runs-on: x, env: { OTHER: b }, steps: [{ run: "touch ../../../a; ${wait}" }] }
        b: { runs-on: x, env: { OTHER: a }, steps: [{ run: "touch ../../../b; ${wait}" }] }
      `);
    expect(result.conclusion).toBe("success");
  });

  it("cancels the rest of a matrix when one fails, unless fail-fast is off", async () => {
    const matrix = (failFast: boolean) => `
          runs-on: x
          strategy: { fail-fast: ${failFast}, matrix: { n: [1, 2] } }
          steps: [{ run: 'if [ \${{ matrix.n }} = 1 ]; then exit 1; fi; sleep ${failFast ? 30 : 0.2}' }]`;
    const { result } = await runWorkflow(`
      on: push
      jobs:
        fast: ${matrix(true)}
        slow: ${matrix(false)}
      `);
    const legs = (job: string) =>
      result.tree[".github/workflows/test.yml"]?.[job]?.legs.map((leg) => leg.result);
    expect(result.jobs).toEqual({ fast: "failure", slow: "failure" });
    expect(legs("fast")).toEqual(["failure", "cancelled"]);
    expect(legs("slow")).toEqual(["failure", "success"]);
  });

  it("lets one of a concurrency group run at a time", async () => {
    const { result, events } = await runWorkflow(`
      on: push
      jobs:
        first: { runs-on: x, concurrency: g, steps: [{ run: sleep 0.5 }] }
        second: { runs-on: x, concurrency: { group: g }, steps: [{ run: sleep 0.1 }] }
        third: { runs-on: x, concurrency: G, steps: [{ run: sleep 0.1 }] }
      `);
    expect(result.jobs).toEqual({ first: "success", second: "cancelled", third: "success" });
    expect(events.filter((event) => event.type === "job-waiting")).toHaveLength(2);
  });

  it("cancels what is in progress when the group says so", async () => {
    const { result, reason } = await runWorkflow(`
      on: push
      jobs:
        first: { runs-on: x, concurrency: g, steps: [{ run: sleep 30 }] }
        second: { runs-on: x, concurrency: { group: g, cancel-in-progress: true }, steps: [{ run: "true" }] }
      `);
    expect(result.jobs).toEqual({ first: "cancelled", second: "success" });
    expect(reason("second")).toBeUndefined();
  });

  it("ends a job at its time limit as cancelled", async () => {
    const { result, reason } = await runWorkflow(`
      on: push
      jobs:
        long: { runs-on: x, timeout-minutes: 0.005, steps: [{ run: sleep 30 }, { if: always(), run: echo cleaned }] }
      `);
    expect(result.jobs).toEqual({ long: "cancelled" });
    expect(reason("long")).toContain("maximum execution time");
  });

  it("ends processes that a step left behind, but not those that cleared the tracking id", async () => {
    const { events } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          steps: [{ run: "sleep 61 & echo started" }]
      `);
    expect(JSON.stringify(events)).toContain("Terminate orphan process");
  });

  it("asks for approval of environments, and gives their secrets and vars to that job only", async () => {
    const workflow = `
      on: push
      jobs:
        deploy:
          runs-on: x
          environment: { name: Production, url: "https://\${{ steps.u.outputs.u }}" }
          outputs: { v: "\${{ vars.WHERE }}" }
          steps: [{ id: u, run: 'echo "u=host" >> $GITHUB_OUTPUT; [ "$S" = env-secret ]', env: { S: "\${{ secrets.S }}" } }]
        after: { needs: deploy, ${step} }
        other:
          runs-on: x
          outputs: { v: "\${{ vars.WHERE }}" }
          steps: [{ run: '[ "$S" = repo-secret ]', env: { S: "\${{ secrets.S }}" } }]
      `;
    const setting = {
      secrets: { S: "env-secret" },
      vars: { WHERE: "prod" },
      reviewers: ["someone"],
    };
    const base = { secrets: { S: "repo-secret" }, vars: { WHERE: "repo" } };
    const approved = await runWorkflow(workflow, {
      ...base,
      environments: { production: setting },
    });
    expect(approved.result.jobs).toEqual({ deploy: "success", after: "success", other: "success" });
    expect(approved.result.outputs).toMatchObject({ deploy: { v: "prod" }, other: { v: "repo" } });
    const rejected = await runWorkflow(workflow, {
      ...base,
      environments: { production: { ...setting, decision: "rejected" } },
    });
    expect(rejected.result.jobs).toEqual({ deploy: "failure", after: "skipped", other: "success" });
    expect(rejected.reason("deploy")).toBe("Production was rejected by someone");
    const never = await runWorkflow(workflow, { ...base, approve: "never" });
    expect(never.result.jobs).toMatchObject({ deploy: "failure" });
  });

  it("cancels a run: the running step ends, steps and jobs that ask for it still run", async () => {
    const controller = new AbortController();
    const { result, steps } = await runWorkflow(
      `
      on: push
      jobs:
        long:
          runs-on: x
          steps:
            - { name: waits, run: "echo waiting; sleep 30" }
            - { name: normal, run: echo no }
            - { name: always, if: always(), run: echo yes }
            - { name: cancelled, if: cancelled(), run: echo yes }
            - { name: failure, if: failure(), run: echo no }
        next: { needs: long, ${step} }
        report: { needs: long, if: always(), ${step} }
      `,
      {
        signal: controller.signal,
        onEvent: (event) => {
          if (event.type === "log" && event.line === "waiting" && event.kind === "output")
            controller.abort();
        },
      },
    );
    expect(result).toMatchObject({
      conclusion: "cancelled",
      jobs: { long: "cancelled", next: "skipped", report: "success" },
    });
    expect(steps("long")).toEqual([
      "waits: cancelled",
      "normal: skipped",
      "always: success",
      "cancelled: success",
      "failure: skipped",
    ]);
  });

  it("misses runners that nobody declared", async () => {
    const workflow = `
      on: push
      jobs:
        hosted: { ${step.replace("x,", "ubuntu-latest,")} }
        own: { ${step.replace("x,", "[self-hosted, Linux],")} }
        none: { ${step.replace("x,", "[self-hosted, gpu],")} }
      `;
    const { result, reason } = await runWorkflow(workflow, { runners: [["self-hosted", "linux"]] });
    expect(result.jobs).toEqual({ hosted: "success", own: "success", none: "failure" });
    expect(reason("none")).toContain("no runner has the labels self-hosted, gpu");
  });
});

it("a workflow whose own expression fails is a failed run, and tells why", async () => {
  const { result, events } = await runWorkflow(`
on: push
concurrency: "\${{ fromJSON('no json') }}"
jobs: { one: { ${step} } }
`);
  expect(result.conclusion).toBe("failure");
  expect(JSON.stringify(events)).toContain("The expression ${{ fromJSON('no json') }} failed");
});
