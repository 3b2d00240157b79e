import { describe, expect, it } from "vitest";
import { matchesFilter } from "../../rehearsal/event/filter.ts";

/** From the table of patterns in GitHub's documentation. */
const CASES: [pattern: string, matches: string[], not: string[]][] = [
  ["feature/*", ["feature/my-branch", "feature/your-branch"], ["feature/a/b", "feature"]],
  ["feature/**", ["feature/beta-a/my-branch", "feature/your-branch"], ["features/x"]],
  ["main", ["main"], ["mai", "main2", "a/main"]],
  ["*", ["main", "releases"], ["all/the/branches"]],
  ["**", ["all/the/branches", "every/tag", "x"], []],
  ["*feature", ["mona-feature", "feature"], ["feature-x", "a/feature"]],
  ["v2*", ["v2", "v2.0", "v2.9"], ["v3"]],
  ["v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"], ["v3.0.0", "v1.x.0", "v1.0"]],
  ["*.jsx?", ["page.js", "page.jsx"], ["page.jsxx", "a/page.js"]],
  ["**.js", ["index.js", "js/index.js", "src/js/app.js"], ["index.ts"]],
  ["docs/*", ["docs/README.md", "docs/file.txt"], ["docs/a/b.md"]],
  ["docs/**", ["docs/README.md", "docs/mona/octocat.txt"], ["doc/x"]],
  [
    "docs/**/*.md",
    ["docs/README.md", "docs/mona/hello-world.md", "docs/a/markdown/file.md"],
    ["docs/x.txt"],
  ],
  [
    "**/docs/**",
    ["docs/hello.md", "dir/docs/my-file.txt", "space/docs/plan/space.doc"],
    ["docsy/x"],
  ],
  ["**/README.md", ["README.md", "js/README.md"], ["README.mdx"]],
  ["**/*src/**", ["a/src/app.js", "my-src/code/js/app.js"], ["a/srcs/x"]],
  ["**/*-post.md", ["my-post.md", "path/their-post.md"], ["post.md"]],
  ["**/migrate-*.sql", ["migrate-10909.sql", "db/migrate-v1.0.sql"], ["migrate.sql"]],
];

describe("filter patterns", () => {
  it.each(CASES)("%s", (pattern, matches, not) => {
    for (const name of matches) expect(matchesFilter([pattern], name), name).toBe(true);
    for (const name of not) expect(matchesFilter([pattern], name), name).toBe(false);
  });

  it("take away and give back in their order", () => {
    expect(matchesFilter(["releases/**", "!releases/**-alpha"], "releases/10")).toBe(true);
    expect(matchesFilter(["releases/**", "!releases/**-alpha"], "releases/10-alpha")).toBe(false);
    expect(matchesFilter(["*.md", "!README.md", "README*"], "README.md")).toBe(true);
    expect(matchesFilter(["!README.md"], "hello.md")).toBe(false);
  });

  it("never throw, whatever is in them", () => {
    for (const pattern of ["[", "[z-a]", "+", "?", "(", "a{2", "\\", "**[", "[]"]) {
      expect(typeof matchesFilter([pattern], "x")).toBe("boolean");
    }
  });
});
