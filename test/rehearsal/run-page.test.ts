import { describe, expect, it } from "vitest";
import { markdownHtml } from "../../rehearsal/show/markdown.ts";
import { runPage } from "../../rehearsal/show/run-page.ts";
import { RunRecord } from "../../rehearsal/show/run-record.ts";
import { runWorkflow } from "./rehearsed.ts";

describe("the page about a run", () => {
  it("shows jobs, logs, annotations and summaries, and nothing that a step printed becomes markup", async () => {
    const { events } = await runWorkflow(`
      on: push
      jobs:
        one:
          runs-on: x
          strategy: { matrix: { n: [1, 2] } }
          steps:
            - run: |
                echo "<script>alert(1)</script>"
                echo "::warning file=a.js,line=3::<b>careful</b>"
                printf '# Title\\n\\n| a | b |\\n|---|---|\\n| 1 | <img src=x> |\\n' >> "$GITHUB_STEP_SUMMARY"
            - if: matrix.n == 2
              run: exit 4
        two: { needs: one, runs-on: x, steps: [{ run: "true" }] }
      `);
    const record = new RunRecord();
    for (const event of events) record.see(event);
    const page = runPage(record);
    expect(page).not.toMatch(/<script>|<img|<b>careful/);
    expect(page).toContain("<h1>Title</h1>");
    expect(page).toContain("<td>&lt;img src=x&gt;</td>");
    expect(page).toContain("a.js:3");
    expect(page).toContain("one ended with failure");
    expect(page).toContain("Process completed with exit code 4.");
    expect(page).toContain("one (2)");
  });

  it("renders what summaries are made of", () => {
    expect(markdownHtml("- a `b`\n- **c**\n\ntext [x](https://a.b/) [y](javascript:1)")).toBe(
      '<ul><li>a <code>b</code></li><li><b>c</b></li></ul>\n<p>text <a href="https://a.b/" rel="noreferrer">x</a> [y](javascript:1)</p>',
    );
    expect(markdownHtml("```js\n<a>\n```")).toBe("<pre>&lt;a&gt;</pre>");
  });
});
