import { cpSync, existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folder, git, repository, run } from "./rehearsed.ts";

const BUNDLES = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "sluice", "actions");

/** Where this machine keeps checkouts of GitHub's own actions; a test whose actions are not there is skipped. */
function mapped(...names: string[]): { repository: string; ref: undefined; path: string }[] {
  return names.map((name) => ({
    repository: `actions/${name}`,
    ref: undefined,
    path: join(BUNDLES, name),
  }));
}

function has(...names: string[]): boolean {
  return names.every((name) => existsSync(join(BUNDLES, name, "dist")));
}

/** A copy of an action with the problem matchers that its repository has beside its bundle. */
function withMatchers(name: string): string {
  const matcher = (owner: string, regexp: string, message: number): string =>
    JSON.stringify({ problemMatcher: [{ owner, pattern: [{ regexp, message }] }] });
  const root = folder({
    ".github/tsc.json": matcher("tsc", "^\\S+\\(\\d+,\\d+\\): error \\w+: (.*)$", 1),
    ".github/eslint-stylish.json": matcher("eslint-stylish", "^stylish (.*)$", 1),
    ".github/eslint-compact.json": matcher("eslint-compact", "^compact (.*)$", 1),
  });
  cpSync(join(BUNDLES, name), root, { recursive: true });
  return root;
}

const job = (steps: string, more = ""): string =>
  `on: [push, pull_request]\n${more}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;

describe("the real actions of GitHub", () => {
  it.runIf(has("checkout"))("actions/checkout fetches, and its push stays here", async () => {
    const dir = repository({
      "a.txt": "a\n",
      ".github/workflows/test.yml": job(
        `      - uses: actions/checkout@v6
      - run: cat a.txt && git status --short --branch
      - run: |
          git -c user.name=x -c user.email=x@y commit --quiet --allow-empty -m more
          git push --quiet origin HEAD:refs/heads/feature
          git ls-remote --heads https://github.com/\${{ github.repository }}.git | cut -f2
`,
        "permissions: { contents: write }\n",
      ),
    });
    const { result, printed } = await run(dir, { repos: mapped("checkout"), event: "push" });
    expect(result.conclusion).toBe("success");
    expect(printed("a").join("\n")).toContain("a\n## main...origin/main\n");
    const heads = printed("a").filter((line) => line.startsWith("refs/heads/"));
    expect(heads).toEqual(["refs/heads/feature", "refs/heads/main"]);
    expect(git(dir, "branch", "--list")).toBe("* main");
  });

  it.runIf(has("checkout"))("a push needs contents: write", async () => {
    const dir = repository({
      ".github/workflows/test.yml": job(
        "      - uses: actions/checkout@v6\n      - run: git push origin HEAD:refs/heads/x\n",
        "permissions: { contents: read }\n",
      ),
    });
    const { steps, printed } = await run(dir, { repos: mapped("checkout"), event: "push" });
    expect(steps("a")).toContain("Run git push origin HEAD:refs/heads/x: failure");
    expect(printed("a").join("\n")).toContain("403");
  });

  it.runIf(has("checkout"))(
    "actions/checkout brings a pull request and another repository",
    async () => {
      const other = repository({ "lib.txt": "lib\n" });
      const dir = repository({
        "a.txt": "a\n",
        ".github/workflows/test.yml": job(
          `      - uses: actions/checkout@v6
        with: { fetch-depth: 0 }
      - uses: actions/checkout@v6
        with: { repository: other/lib, path: lib, ref: main }
      - run: cat a.txt lib/lib.txt
`,
        ),
      });
      const repos = [
        ...mapped("checkout"),
        { repository: "other/lib", ref: undefined, path: other },
      ];
      const { result, printed } = await run(dir, { repos, event: "pull_request" });
      expect(result.conclusion).toBe("success");
      expect(printed("a").join("\n")).toContain("a\nlib\n");
    },
  );

  const artifacts = has("upload-artifact", "download-artifact");
  it.runIf(artifacts)("artifacts are uploaded, replaced, found by pattern and merged", async () => {
    const dir = repository({
      ".github/workflows/test.yml": `
on: push
jobs:
  put:
    runs-on: x
    strategy: { matrix: { n: [1, 2] } }
    steps:
      - run: mkdir -p d/e && echo \${{ matrix.n }} > d/e/f-\${{ matrix.n }} && echo x > d/g
      - uses: actions/upload-artifact@v4
        with: { name: "a-\${{ matrix.n }}", path: d/ }
      - uses: actions/upload-artifact@v4
        id: again
        continue-on-error: true
        with: { name: "a-\${{ matrix.n }}", path: d/ }
      - uses: actions/upload-artifact@v4
        if: steps.again.outcome == 'failure'
        id: over
        with: { name: "a-\${{ matrix.n }}", path: d/, overwrite: true }
      - run: test -n "\${{ steps.over.outputs.artifact-digest }}"
  get:
    needs: put
    runs-on: x
    steps:
      - uses: actions/download-artifact@v4
        with: { pattern: "a-*", merge-multiple: true, path: all }
      - uses: actions/download-artifact@v4
        with: { name: a-1, path: one }
      - run: find all one -type f | sort
`,
    });
    const repos = mapped("upload-artifact", "download-artifact");
    const { result, printed } = await run(dir, { repos });
    expect(result.conclusion).toBe("success");
    const files = printed("get").filter((line) => /^(all|one)\//.test(line));
    expect(files).toEqual(["all/e/f-1", "all/e/f-2", "all/g", "one/e/f-1", "one/g"]);
  });

  it.runIf(has("cache"))(
    "a cache is saved at the end of a job and found by a restore key",
    async () => {
      const dir = repository({
        ".github/workflows/test.yml": `
on: push
jobs:
  put:
    runs-on: x
    steps:
      - uses: actions/cache@v5
        id: cache
        with: { path: kept, key: k-1 }
      - run: mkdir -p kept && echo data > kept/x && echo "hit=\${{ steps.cache.outputs.cache-hit }}"
  get:
    needs: put
    runs-on: x
    steps:
      - uses: actions/cache/restore@v5
        id: cache
        with: { path: kept, key: k-2, restore-keys: k- }
      - run: cat kept/x && echo "\${{ steps.cache.outputs.cache-hit }} \${{ steps.cache.outputs.cache-matched-key }}"
`,
      });
      const { result, printed } = await run(dir, { repos: mapped("cache") });
      expect(result.conclusion).toBe("success");
      expect(printed("put")).toContain("hit=");
      expect(printed("get").slice(-2)).toEqual(["data", "false k-1"]);
    },
  );

  it.runIf(has("checkout"))(
    "actions/checkout finds the default branch of a mapped repository by itself",
    async () => {
      const other = repository({ "b.txt": "theirs\n" });
      git(other, "checkout", "--quiet", "-b", "trunk");
      git(other, "branch", "--quiet", "-D", "main");
      const dir = repository({
        ".github/workflows/test.yml": job(
          "      - uses: actions/checkout@v6\n        with: { repository: o/other, path: other }\n      - run: cat other/b.txt && git -C other branch --show-current\n",
        ),
      });
      const repos = [...mapped("checkout"), { repository: "o/other", ref: undefined, path: other }];
      const { printed } = await run(dir, { repos, event: "push" });
      const lines = printed("a");
      expect(lines.slice(lines.indexOf("theirs")).slice(0, 2)).toEqual(["theirs", "trunk"]);
    },
  );

  it.runIf(has("setup-node"))(
    "actions/setup-node finds this rehearsal's Node.js, and adds its problem matchers",
    async () => {
      const major = process.versions.node.split(".")[0];
      const dir = repository({
        ".github/workflows/test.yml": job(
          `      - uses: actions/setup-node@v6\n        with: { node-version: ${major}, package-manager-cache: false }\n      - run: node --version\n      - run: "echo 'a.ts(3,7): error TS1: Wrong.'"\n`,
        ),
      });
      const path = withMatchers("setup-node");
      const repos = [{ repository: "actions/setup-node", ref: undefined, path }];
      const { result, printed, annotations } = await run(dir, { repos, event: "push" });
      expect(result.conclusion).toBe("success");
      expect(printed("a").at(-2)).toBe(process.version);
      expect(annotations("a").at(-1)).toBe("error: Wrong.");
    },
  );

  it.runIf(has("github-script"))(
    "actions/github-script talks to the rehearsal's GitHub",
    async () => {
      const dir = repository({
        ".github/workflows/test.yml": job(
          `      - uses: actions/github-script@v8
        id: asked
        with:
          script: return (await github.rest.repos.get(context.repo)).data.full_name
      - run: echo \${{ steps.asked.outputs.result }}
`,
        ),
      });
      const { printed } = await run(dir, { repos: mapped("github-script"), event: "push" });
      expect(printed("a").at(-1)).toMatch(/^local\//);
    },
  );
});
