import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { runScanner } from "../../../lib/code-scan/run-scanner.ts";
import type { ScannerName } from "../../../lib/code-scan/scanner/scanners.ts";
import { SluiceError } from "../../../lib/error.ts";
import { findPins } from "../../../lib/tools/pins-folder.ts";
import { openShop } from "../../../lib/tools/shop.ts";
import { zip } from "../tools/archives.ts";

/** The tool may have to be made first, on a machine that does other things too. */
const OBTAIN_MS = 900_000;

const CLEAN: Readonly<Record<string, string>> = {
  "src/main.ts": "export const answer = 42;\n",
  "package.json": '{ "name": "x", "version": "1.0.0", "dependencies": { "widget": "1.0.0" } }\n',
  "package-lock.json": JSON.stringify({
    name: "x",
    version: "1.0.0",
    lockfileVersion: 3,
    packages: {
      "": { name: "x", version: "1.0.0", dependencies: { widget: "1.0.0" } },
      "node_modules/widget": { version: "1.0.0" },
    },
  }),
  ".github/workflows/ci.yml": `# Greets.
name: ci
on: push
permissions: {}
concurrency:
  group: \${{ github.workflow }}
  cancel-in-progress: true
jobs:
  greet:
    name: greet
    runs-on: ubuntu-24.04
    timeout-minutes: 1
    steps:
      - name: Greet
        run: echo hello
`,
};

/** What each scanner is planted, and the rule by which it has to find it. */
const PLANTED: readonly [ScannerName, file: string, text: string, rule: RegExp][] = [
  ["actionlint", ".github/workflows/bad.yml", bad("echo ${{ nothing.here }}"), /expression/],
  [
    "zizmor",
    ".github/workflows/bad.yml",
    bad("echo ${{ github.event.issue.title }}"),
    /template-injection/,
  ],
  [
    "semgrep",
    "src/run.ts",
    'import { execSync } from "node:child_process";\nexport const run = (name: string) => execSync(`ls ${name}`);\n',
    /shell-command-from-parts/,
  ],
  [
    "semgrep",
    "src/tls.ts",
    "export const options = { host: 'x', rejectUnauthorized: false };\n",
    /unverified-tls/,
  ],
  [
    "semgrep",
    "src/token.ts",
    "export const sessionToken = Math.random().toString(36);\n",
    /guessable-secret/,
  ],
  [
    "semgrep",
    "src/digest.ts",
    'import { createHash } from "node:crypto";\nexport const sum = createHash("md5");\n',
    /weak-digest/,
  ],
  [
    "semgrep",
    "src/eval.ts",
    "export const run = (text: string) => eval(text);\n",
    /code-from-text/,
  ],
  ["checkov", "Dockerfile", "FROM ubuntu:latest\nRUN sudo apt-get install -y curl\n", /CKV/],
  [
    "gitleaks",
    "src/key.ts",
    `export const token = "ghp_${"a1B2c3D4e5F6g7H8i9J0".repeat(2).slice(0, 36)}";\n`,
    /github-pat/,
  ],
];

function bad(run: string): string {
  return `name: bad\non: issues\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ${run}\n`;
}

const SCANNED = [...new Set(PLANTED.map(([scanner]) => scanner))];

describe("with the real scanners", () => {
  let planted: string;
  let clean: string;
  beforeAll(() => {
    clean = repository({});
    planted = repository(Object.fromEntries(PLANTED.map(([, file, text]) => [file, text])));
  });
  afterAll(() => {
    for (const folder of [clean, planted]) rmSync(folder, { recursive: true, force: true });
  });

  it.for(SCANNED)(
    "%s finds what is planted for it, and nothing in what is clean",
    { timeout: OBTAIN_MS },
    async (scanner, ctx) => {
      const findings = await found(scanner, planted, ctx);
      for (const [, file, , rule] of PLANTED.filter(([whose]) => whose === scanner)) {
        const here = findings.filter(({ path }) => path === file).map((one) => one.rule);
        expect(here.join(" "), file).toMatch(rule);
      }
      const places = findings.map(({ path }) => path);
      expect(places.filter((path) => Object.keys(CLEAN).includes(path))).toEqual([]);
    },
  );

  it(
    "osv-scanner finds a vulnerability that its database knows, and without a lock file decides nothing",
    async (ctx) => {
      const database = mkdtempSync(join(tmpdir(), "sluice-osv-"));
      try {
        mkdirSync(join(database, "osv-scanner", "npm"), { recursive: true });
        const bytes = zip({ "GHSA-aaaa-bbbb-cccc.json": JSON.stringify(ADVISORY) });
        writeFileSync(join(database, "osv-scanner", "npm", "all.zip"), bytes);
        const [finding] = await found("osv-scanner", clean, ctx, database);
        expect(finding).toMatchObject({
          tool: "osv-scanner",
          rule: "GHSA-aaaa-bbbb-cccc",
          severity: "CRITICAL",
          path: "package-lock.json",
        });
        rmSync(join(clean, "package-lock.json"));
        await expect(found("osv-scanner", clean, ctx, database)).rejects.toThrow(
          "had no lock file to look at",
        );
      } finally {
        rmSync(database, { recursive: true, force: true });
      }
    },
    OBTAIN_MS,
  );
});

const ADVISORY = {
  id: "GHSA-aaaa-bbbb-cccc",
  modified: "2026-01-01T00:00:00Z",
  schema_version: "1.6.0",
  summary: "a planted vulnerability",
  affected: [
    {
      package: { ecosystem: "npm", name: "widget" },
      ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "2.0.0" }] }],
    },
  ],
  severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
};

/** Skips where this machine has no way to get the scanner. */
async function found(scanner: ScannerName, folder: string, ctx: TestContext, database?: string) {
  const shop = openShop({ say: (message) => console.log(message), signal: ctx.signal });
  const rules = [join(findPins(), "semgrep", "rules.yaml")];
  const scan = { scanner, folder, rules, skip: [], database, timeoutMs: 300_000, shop };
  try {
    return await runScanner(scan);
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    if (error.code !== "unsupported" && error.code !== "target-unreachable") throw error;
    return ctx.skip(`${error.message}; to run this test, ${error.hint}`);
  }
}

function repository(more: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "sluice-scanned-"));
  for (const [path, text] of Object.entries({ ...CLEAN, ...more })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const git = (...args: string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false", ...args],
      { cwd: folder, stdio: "pipe" },
    );
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "first");
  return folder;
}
