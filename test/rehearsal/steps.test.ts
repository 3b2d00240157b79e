import { describe, expect, it } from "vitest";
import { runWorkflow } from "./rehearsed.ts";

describe("steps", () => {
  it("hands outputs, environment and path from one step to the next", async () => {
    const { printed, result } = await runWorkflow(`
      on: push
      env: { A: workflow, B: workflow }
      jobs:
        one:
          runs-on: x
          env: { B: job, C: job }
          steps:
            - id: first
              run: |
                echo "plain=1" >> "$GITHUB_OUTPUT"
                { echo 'long<<EOF'; echo 'a=b'; echo; echo 'c'; echo 'EOF'; } >> "$GITHUB_OUTPUT"
                echo "D=from file" >> "$GITHUB_ENV"
                mkdir bin; printf '#!/bin/sh\\necho tool ran\\n' > bin/mytool; chmod +x bin/mytool
                echo "$PWD/bin" >> "$GITHUB_PATH"
            - run: mytool
            - env: { C: step }
              run: echo "$A $B $C $D \${{ env.C }} [\${{ env.c }}]"
            - env:
                LONG: \${{ steps.first.outputs.long }}
              run: echo "$LONG"
      `);
    expect(result.conclusion).toBe("success");
    expect(printed("one")).toEqual([
      "tool ran",
      "workflow job step from file step []",
      "a=b",
      "",
      "c",
    ]);
  });

  it("fails the job with the exit code, and runs what asks for it", async () => {
    const { steps, result, annotations } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          steps:
            - { name: breaks, id: breaks, run: exit 7 }
            - { name: skipped, run: echo no }
            - { name: failure, if: failure(), run: echo yes }
            - { name: always, if: always(), run: echo yes }
            - { name: expression, if: "failure() && steps.breaks.outcome == 'failure'", run: echo yes }
            - { name: success, if: success(), run: echo no }
            - { name: wrapped, if: "\${{ always() && false }}", run: echo no }
      `);
    expect(result).toMatchObject({ conclusion: "failure", jobs: { one: "failure" } });
    expect(annotations("one")).toContain("error: Process completed with exit code 7.");
    expect(steps("one")).toEqual([
      "breaks: failure",
      "skipped: skipped",
      "failure: success",
      "always: success",
      "expression: success",
      "success: skipped",
      "wrapped: skipped",
    ]);
  });

  it("tells outcome from conclusion with continue-on-error", async () => {
    const { printed, result } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          steps:
            - { id: soft, run: exit 1, continue-on-error: true }
            - run: echo "\${{ steps.soft.outcome }} \${{ steps.soft.conclusion }} \${{ job.status }}"
      `);
    expect(result.conclusion).toBe("success");
    expect(printed("one")).toEqual(["failure success success"]);
  });

  it("uses the shells as GitHub does", async () => {
    const { printed, result } = await runWorkflow(`
      on: push
      defaults: { run: { shell: bash } }
      jobs:
        strict:
          runs-on: x
          steps: [{ run: "false | true; echo not reached" }]
        loose:
          runs-on: x
          steps: [{ shell: sh, run: "false | true; echo reached" }]
        python:
          runs-on: x
          defaults: { run: { shell: python } }
          steps: [{ run: "import os\\nprint('py', os.environ['GITHUB_JOB'])" }]
        own:
          runs-on: x
          steps: [{ shell: "cat {0}", run: "just text" }]
        unknown:
          runs-on: x
          steps: [{ shell: "nosuch", run: "x" }]
      `);
    expect(result.jobs).toEqual({
      strict: "failure",
      loose: "success",
      python: "success",
      own: "success",
      unknown: "failure",
    });
    expect(printed("loose")).toEqual(["reached"]);
    expect(printed("python")).toEqual(["py python"]);
    expect(printed("own")).toEqual(["just text"]);
  });

  it("keeps every quote and brace of a script with expressions", async () => {
    const { printed } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          steps:
            - run: |
                echo '"a"' '{b}' "\${NOT_SET:-c}" 'd' "\${{ 'it''s ''e''' }}"
      `);
    expect(printed("one")).toEqual([`"a" {b} c d it's 'e'`]);
  });

  it("works in the given directory, and says when it is not there", async () => {
    const { printed, annotations } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          defaults: { run: { working-directory: sub } }
          steps:
            - { run: mkdir sub, working-directory: . }
            - run: basename "$PWD"
            - { run: pwd, working-directory: nowhere }
      `);
    expect(printed("one")).toEqual(["sub"]);
    expect(annotations("one").join()).toContain("'nowhere' does not exist");
  });

  it("times a step out", async () => {
    const { annotations, result } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          steps: [{ run: sleep 30, timeout-minutes: 0.005 }]
      `);
    expect(result.jobs).toEqual({ one: "failure" });
    expect(annotations("one").join()).toContain("timed out after 0.005 minutes");
  });

  it("fails a step whose output file can't be read", async () => {
    const { annotations, result } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          steps: [{ run: echo nonsense >> "$GITHUB_OUTPUT" }]
      `);
    expect(result.jobs).toEqual({ one: "failure" });
    expect(annotations("one").join()).toContain("Invalid format 'nonsense'");
  });

  it("obeys workflow commands, and not those between stop-commands", async () => {
    const { annotations, printed } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          steps:
            - id: old
              run: |
                echo "::error file=a.ts,line=3,col=5,title=Wrong::it%0Abreaks"
                echo "::notice::n"
                echo "::stop-commands::tok123"
                echo "::error::not one"
                echo "::tok123::"
                echo "::set-output name=v::7"
                echo "::unknown::text"
            - run: echo "got \${{ steps.old.outputs.v }}"
      `);
    expect(annotations("one").slice(0, 2)).toEqual(["error: it\nbreaks", "notice: n"]);
    expect(printed("one")).toContain("::error::not one");
    expect(printed("one")).toContain("::unknown::text");
    expect(printed("one")).toContain("got 7");
  });

  it("hides secrets in logs, annotations, summaries and outputs", async () => {
    const { events, result } = await runWorkflow(
      `
      on: push
      jobs:
        one:
          runs-on: x
          outputs: { leak: "x\${{ secrets.TOP }}", ok: fine, late: "\${{ steps.s.outputs.late }}" }
          steps:
            - id: s
              run: |
                echo "$TOP and $(printf %s "$TOP" | base64)"
                echo "::warning::$TOP"
                echo "# $TOP" >> "$GITHUB_STEP_SUMMARY"
                echo "::add-mask::later"
                echo "it is la""ter"
                echo "late=later" >> "$GITHUB_OUTPUT"
                echo "$MANY"
              env: { TOP: "\${{ secrets.TOP }}", MANY: "\${{ secrets.MANY }}" }
      `,
      { secrets: { TOP: "open-sesame", MANY: "first-line\nsecond-line" } },
    );
    const seen = JSON.stringify(events);
    expect(seen).not.toContain("open-sesame");
    expect(seen).not.toContain(Buffer.from("open-sesame").toString("base64"));
    expect(seen).not.toContain("it is later");
    expect(seen).not.toMatch(/first-line|second-line/);
    expect(result.outputs).toEqual({ one: { ok: "fine" } });
  });
});
