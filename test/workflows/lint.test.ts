import { execFile } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { SluiceError } from "../../lib/error.ts";
import { TOOLS, type ToolName } from "../../lib/tools/catalogue.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";

const root = join(import.meta.dirname, "..", "..");
const workflows = globSync(".github/workflows/*.yml", { cwd: root });
const actions = globSync("actions/**/action.yml", { cwd: root });
/** Both tools may have to be made first, on a machine that does other things too. */
const OBTAIN_MS = 900_000;

/** A shell injection by the title of an issue, in a job that may do anything. */
const PLANTED = `on: issues
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "\${{ github.event.issue.title }}"
`;

describe("the workflows and actions", () => {
  let planted: string;

  beforeAll(() => {
    planted = mkdtempSync(join(tmpdir(), "sluice-lint-"));
    writeFileSync(join(planted, "planted.yml"), PLANTED);
  });
  afterAll(() => rmSync(planted, { recursive: true, force: true }));

  it("are there", () => {
    expect(workflows.length).toBeGreaterThan(3);
    expect(actions.length).toBeGreaterThan(4);
  });

  it(
    "leave actionlint nothing to find, but for the references that it does not know",
    async (ctx) => {
      const lint = actionlint(await obtained("actionlint", ctx));
      expect(await lint(workflows)).toBe("");
      expect(await lint([join(planted, "planted.yml")])).toContain("potentially untrusted");
    },
    OBTAIN_MS,
  );

  it(
    "leave zizmor nothing to find, at its most pedantic",
    async (ctx) => {
      const lint = zizmor(await obtained("zizmor", ctx));
      expect(await lint([...workflows, ...actions])).toEqual([]);
      expect(await lint([join(planted, "planted.yml")])).toContain("template-injection");
    },
    OBTAIN_MS,
  );
});

/** Skips where this machine has no way to get the tool; wrong bytes or a failed build are failures. */
async function obtained(name: ToolName, ctx: TestContext): Promise<string> {
  const shop = openShop({ say: (message) => console.log(message), signal: ctx.signal });
  try {
    return (await ensure(name, TOOLS[name].version, shop)).path;
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    if (error.code !== "unsupported" && error.code !== "target-unreachable") throw error;
    return ctx.skip(`${error.message}; to run this test, ${error.hint}`);
  }
}

/** Without shellcheck and pyflakes, which it would use where they happen to be. */
function actionlint(program: string) {
  const args = [
    "-config-file",
    ".github/actionlint.yaml",
    "-shellcheck=",
    "-pyflakes=",
    "-oneline",
  ];
  return async (files: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await findings(program, [...args, ...files]);
    return stdout + stderr;
  };
}

function zizmor(program: string) {
  const args = [
    "--pedantic",
    "--no-ignores",
    "--offline",
    "--no-progress",
    "--strict-collection",
    "--format=json-v1",
  ];
  return async (files: readonly string[]): Promise<string[]> => {
    const { stdout, stderr } = await findings(program, [...args, ...files]);
    if (stdout === "") throw new Error(`zizmor found out nothing: ${stderr}`);
    const found: { ident: string }[] = JSON.parse(stdout);
    return found.map(({ ident }) => ident);
  };
}

/** Linters exit with another code than 0 when they find something. */
function findings(
  program: string,
  args: readonly string[],
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: root, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ stdout, stderr });
    });
  });
}
