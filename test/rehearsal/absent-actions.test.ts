import { describe, expect, it } from "vitest";
import { lint } from "../../rehearsal/lint.ts";
import { prepareRehearsal, rehearse } from "../../rehearsal/run.ts";
import { listingOf } from "../../rehearsal/show/listing.ts";
import { folder, run, runWorkflow } from "./rehearsed.ts";

const one = (steps: string, job = ""): string =>
  `on: push\njobs:\n  a: { runs-on: x, ${job} steps: [${steps}] }\n`;

describe("an action that is not on this machine", () => {
  it("refuses a run that would come to it, with every place at once, before anything starts", async () => {
    const dir = folder({
      ".github/workflows/test.yml": `
on: push
jobs:
  a: { runs-on: x, steps: [{ run: touch ran }, { uses: o/first@v1 }, { uses: $/both }] }
  b: { needs: a, uses: o/flow/.github/workflows/x.yml@v2 }
`,
      "both/action.yml":
        "name: both\nruns: { using: composite, steps: [{ uses: o/first@v1 }, { uses: o/second@v3 }] }\n",
    });
    const refusal = await rehearse({ dir }).catch((error: Error) => error.message);
    expect(refusal).toMatch(/^\.github\/workflows\/test\.yml:4:\d+: 'o\/first@v1' is not on/m);
    expect(refusal).toMatch(/^\.github\/workflows\/test\.yml:5:\d+: 'o\/flow\/\S+@v2' is not on/m);
    expect(refusal).toMatch(/^both\/action\.yml:2:\d+: 'o\/second@v3' is not on/m);
  });

  it.each([
    [
      "a workflow that the event does not start",
      one("{ uses: o/x@v1 }").replace("push", "release"),
    ],
    ["a job that does not run", one("{ uses: o/x@v1 }", "if: github.ref == 'refs/heads/none',")],
    [
      "a step that does not run",
      one("{ run: 'true' }, { if: github.event_name != 'push', uses: o/x@v1 }"),
    ],
    [
      "a job that a skipped one calls",
      "on: push\njobs: { a: { if: false, uses: o/x/.github/workflows/x.yml@v1 }, b: { needs: a, runs-on: x, steps: [{ uses: o/x@v1 }] } }\n",
    ],
  ])("does not matter in %s", async (_, workflow) => {
    const { result } = await run(
      folder({
        ".github/workflows/other.yml": workflow,
        ".github/workflows/test.yml": one("{ run: 'true' }"),
      }),
    );
    expect(result.conclusion).toBe("success");
  });

  it("is told where it may be reached, and fails its job there", async () => {
    const workflow = one("{ run: 'exit 3' }, { if: failure(), uses: o/notify@v1 }");
    const { annotations, events, steps } = await runWorkflow(workflow);
    const notices = events.flatMap((event) => (event.type === "notice" ? [event.message] : []));
    expect(notices.join("\n")).toContain("'o/notify@v1' is not on this machine");
    expect(notices.join("\n")).toContain("should it come to that, the job fails there");
    expect(steps("a")).toEqual(["Run exit 3: failure", "Run o/notify@v1: failure"]);
    expect(annotations("a").at(-1)).toContain("Add --repo o/notify@v1=");
  });

  it("does not matter to a job that is wanted alone, and does not need it", async () => {
    const dir = folder({
      ".github/workflows/test.yml":
        "on: push\njobs:\n  a: { runs-on: x, steps: [{ run: 'true' }] }\n  b: { needs: a, runs-on: x, steps: [{ uses: o/x@v1 }] }\n",
    });
    expect((await run(dir, { job: "a" })).result.jobs).toEqual({ a: "success" });
    await expect(rehearse({ dir, job: "b" })).rejects.toThrow("'o/x@v1' is not on this machine");
  });

  it("is shown in the list, which needs nothing", async () => {
    const dir = folder({ ".github/workflows/test.yml": one("{ uses: o/x@v1 }") });
    const listing = listingOf(await prepareRehearsal({ dir }), { dir });
    expect(listing.workflows[0]?.jobs[0]?.steps[0]?.action).toBe(
      "not on this machine: --repo o/x@v1=<path>",
    );
  });

  it("is taken to be right by lint, which says so", async () => {
    const { faults, absent } = await lint(
      folder({ ".github/workflows/test.yml": one("{ uses: o/x@v1 }") }),
    );
    expect(faults).toEqual([]);
    expect(absent.map(({ line, message }) => [line, message.slice(0, 8)])).toEqual([
      [3, "'o/x@v1'"],
    ]);
  });
});
