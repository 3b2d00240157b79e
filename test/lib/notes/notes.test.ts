import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCommit } from "../../../lib/notes/commit.ts";
import { notesOf } from "../../../lib/notes/notes.ts";

const commit = (subject: string, body = "") =>
  readCommit({ hash: "0123456789abcdef", subject, body });

describe("a commit", () => {
  it.each([
    [
      "feat: add orders",
      { type: "feat", scope: undefined, text: "add orders", breaking: undefined },
    ],
    ["Fix(wire): read it all", { type: "fix", scope: "wire", text: "read it all" }],
    ["feat(api)!: rename orders", { type: "feat", breaking: "rename orders" }],
    [
      "Take c8 to tell what is covered",
      { type: undefined, text: "Take c8 to tell what is covered" },
    ],
    ["feat:no space", { type: undefined }],
    ["Merge: ", { type: undefined }],
  ])("%s", (subject, told) => {
    expect(commit(subject)).toMatchObject(told);
  });

  it("tells in its footer what breaks, over several lines", () => {
    const body = "Why.\n\nBREAKING CHANGE: orders are\n  called trades\nReviewed-by: x";
    expect(commit("refactor: rename", body).breaking).toBe("orders are called trades");
    expect(commit("feat!: rename", "BREAKING-CHANGE: in words").breaking).toBe("in words");
  });
});

describe("the notes", () => {
  it("tell what breaks first, then by kind, and what has no kind", () => {
    const commits = [
      commit("chore: tidy"),
      commit("fix(wire): read it all"),
      commit("Say what is meant"),
      commit("feat!: rename orders"),
    ];
    const notes = notesOf(commits, "Since v1.0.0.");
    const titles = [...notes.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(["What breaks", "Features", "Fixes", "Changes", "Inside"]);
    expect(notes).toContain("- **wire**: read it all (0123456789ab)");
    expect(notes.endsWith("Since v1.0.0.\n")).toBe(true);
  });

  it("have each commit, whatever it says, mention nobody and start no Markdown of their own", () => {
    const line = fc
      .string({ unit: "grapheme-ascii", minLength: 1 })
      .filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (subjects) => {
        const notes = notesOf(
          subjects.map((one) => commit(one)),
          "x",
        );
        expect(notes.match(/\(0123456789ab\)/g)?.length ?? 0).toBeGreaterThanOrEqual(
          subjects.length,
        );
        expect(notes).not.toMatch(/@\w/);
        expect(notes.match(/^## /gm)?.length ?? 0).toBeLessThanOrEqual(8);
      }),
    );
  });
});
