import { describe, expect, it } from "vitest";
import { createLog } from "../../../lib/action/log.ts";
import {
  createSummary,
  fitSummary,
  inlineText,
  MAX_SUMMARY_BYTES,
} from "../../../lib/action/summary.ts";

describe("a job summary", () => {
  it("is the blocks in order", () => {
    const { summary, text } = createSummary();
    summary
      .heading("A <b>")
      .table(["x", "y"], [["1", "two\nlines"]])
      .code("graph", "mermaid")
      .details("more", "text");
    expect(text()).toBe(
      [
        "## A &lt;b>",
        "| x | y |\n| --- | --- |\n| 1 | two<br>lines |",
        "```mermaid\ngraph\n```",
        "<details><summary>more</summary>\n\ntext\n\n</details>",
        "",
      ].join("\n\n"),
    );
  });

  it("keeps code from ending its own block", () => {
    const { summary, text } = createSummary();
    summary.code("a\n```\nb");
    expect(text()).toContain("````\na\n```\nb\n````");
  });

  it("lets no text from outside begin another cell", () => {
    const { summary, text } = createSummary();
    for (const cell of ["a|b", "a\\|b", "a\\\\|b"]) {
      summary.table(["x", "y"], [[inlineText(cell), cell]]);
    }
    const rows = text()
      .split("\n")
      .filter((line) => line.includes("b"));
    // As GitHub reads a row: a backslash takes the next sign with it.
    for (const row of rows) expect(row.match(/(?:\\.|[^|\\])+/g)).toHaveLength(2);
  });

  it("makes text from outside harmless", () => {
    expect(inlineText("<img src=x> [a](b) | `c`\nd")).toBe(
      "&lt;img src=x> \\[a\\](b) \\| \\`c\\` d",
    );
  });

  it("is cut at a line when the runner would refuse it, and says so", () => {
    let printed = "";
    const log = createLog((text) => (printed += text), {});
    const cut = fitSummary("größer\n".repeat(200_000), log);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(MAX_SUMMARY_BYTES);
    expect(cut.slice(-100)).toMatch(/größer\n\n\*The rest of this summary did not fit/);
    expect(printed).toContain("::warning::");
    expect(fitSummary("small", log)).toBe("small");
  });
});
