import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { folder } from "../rehearsal/rehearsed.ts";

const CLI = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));

function lint(...args: string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [CLI, "lint", ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

it("sluice lint checks what is used of another repository when it is told where that is", async () => {
  const other = folder({
    ".github/workflows/build.yml": `
on: { workflow_call: { inputs: { name: { type: string, required: true } } } }
jobs: { build: { runs-on: x, steps: [{ run: "true" }] } }
`,
  });
  const dir = folder({
    ".github/workflows/test.yml": `on: push
jobs:
  build:
    uses: owner/other/.github/workflows/build.yml@v1
    with: { nmae: shop }
`,
  });
  const unseen = await lint("--dir", dir);
  expect(unseen).toMatchObject({ code: 0, stdout: "" });
  expect(unseen.stderr).toContain("1 use of other repositories, taken to be right");
  const seen = await lint("--dir", dir, "--repo", `owner/other@v1=${other}`);
  expect(seen.code).toBe(1);
  expect(seen.stdout).toMatch(/test\.yml:\d+:\d+: .*nmae/);
  expect(seen.stdout).toMatch(/test\.yml:\d+:\d+: .*name/);
});
