import { describe, expect, it } from "vitest";
import { prepareRehearsal, type RehearseOptions } from "../../rehearsal/run.ts";
import { type ListedJob, listingOf } from "../../rehearsal/show/listing.ts";
import { listingText } from "../../rehearsal/show/listing-text.ts";
import { folder } from "./rehearsed.ts";

async function listed(workflow: string, options: Partial<RehearseOptions> = {}) {
  const dir = folder({ ".github/workflows/test.yml": workflow });
  const all = { dir, ...options };
  return listingOf(await prepareRehearsal(all), all);
}

function runs(jobs: readonly ListedJob[] | undefined): { [job: string]: string } {
  return Object.fromEntries((jobs ?? []).map(({ job, runs }) => [job, runs]));
}

const steps = "runs-on: x, steps: [{ run: 'true' }]";

describe("the listing of a workflow", () => {
  it("says of each job whether it would run, before anything ran", async () => {
    const { workflows } = await listed(`
on: push
jobs:
  first: { ${steps} }
  next: { needs: first, ${steps} }
  always: { needs: next, if: always(), ${steps} }
  rescue: { needs: [first, next], if: "always() && needs.first.result == 'success' && needs.next.result == 'failure'", ${steps} }
  tags: { if: "github.ref_type == 'tag'", ${steps} }
  after-tags: { needs: tags, ${steps} }
  in-spite: { needs: tags, if: "!cancelled()", ${steps} }
  decided: { needs: first, if: needs.first.outputs.go == 'yes', ${steps} }
  never: { needs: first, if: "github.ref_type == 'tag' && needs.first.outputs.go == 'yes'", ${steps} }
`);
    expect(runs(workflows[0]?.jobs)).toEqual({
      first: "yes",
      next: "after success",
      always: "yes",
      rescue: "after failure",
      tags: "no",
      "after-tags": "no",
      "in-spite": "yes",
      decided: "unknown",
      never: "no",
    });
    const why = workflows[0]?.jobs.find(({ job }) => job === "decided")?.why;
    expect(why).toContain("needs.first.outputs.go");
  });

  it("says of each step whether it would run, and how its action is found", async () => {
    const listing = await listed(`
on: push
jobs:
  one:
    runs-on: x
    steps:
      - uses: actions/checkout@v4
      - { name: Cleanup, if: failure(), run: rm }
      - { if: "github.event_name == 'schedule'", run: nightly }
      - uses: ./local
      - { if: steps.x.outputs.y, run: later }
`);
    const steps = listing.workflows[0]?.jobs[0]?.steps ?? [];
    expect(steps.map(({ runs, action }) => [runs, action])).toEqual([
      ["yes", "a stand-in"],
      ["after failure", undefined],
      ["no", undefined],
      ["after success", "in what the job checks out"],
      ["unknown", undefined],
    ]);
    expect(listingText(listing)).toContain("! Cleanup: runs only after a failure (failure())");
  });

  it("tells which workflows the event does not start", async () => {
    const dir = folder({
      ".github/workflows/a.yml": `on: push\njobs: { a: { ${steps} } }`,
      ".github/workflows/b.yml": `on: { push: { tags: [v*] } }\njobs: { b: { ${steps} } }`,
    });
    const listing = listingOf(await prepareRehearsal({ dir }), { dir });
    expect(listing.workflows.map(({ file, runs }) => [file.split("/").at(-1), runs])).toEqual([
      ["a.yml", "yes"],
      ["b.yml", "no"],
    ]);
  });
});
