import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { folder } from "../rehearsal/rehearsed.ts";

const CLI = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));

function rehearse(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const dir = folder({
    ".github/workflows/test.yml": `on: push
jobs:
  a:
    runs-on: x
    steps:
      - run: echo "it has \${#GIVEN} characters, $GIVEN; the variable is '$API_WORD'"
        env: { GIVEN: "\${{ secrets.API_WORD }}" }
`,
  });
  const all = { ...process.env, ...env };
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, "rehearse", "--dir", dir, "--json", ...args],
      { env: all },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, said: stdout + stderr }),
    );
  });
}

describe("sluice rehearse --secret", () => {
  it("takes a secret from the environment, for those alone that ask for it, and shows it nobody", async () => {
    const { code, said } = await rehearse(["--secret", "API_WORD"], { API_WORD: "swordfish" });
    expect(said).toContain("it has 9 characters, ***; the variable is ''");
    expect(said).not.toContain("swordfish");
    expect(code).toBe(0);
  });

  it("refuses a value on the command line, and does not repeat it", async () => {
    const { code, said } = await rehearse(["--secret", "API_WORD=swordfish"]);
    expect(said).toContain("--secret takes the name of a variable alone");
    expect(said).not.toContain("swordfish");
    expect(code).toBe(2);
  });

  it("says that the environment does not have it", async () => {
    const { code, said } = await rehearse(["--secret", "API_WORD"]);
    expect(said).toContain("The environment has no variable API_WORD");
    expect(code).toBe(2);
  });
});
