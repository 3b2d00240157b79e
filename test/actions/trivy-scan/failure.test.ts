import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Gate } from "../../../lib/evidence/record.ts";
import { isAlive } from "../../../lib/liveness.ts";
import { type ActionResult, runAction, startAction } from "../../support/action-process.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { writeFiles } from "../../support/scan-folder.ts";

/** Stands in for trivy where the real one cannot be made to fail on demand; `$OUTPUT` is where it is to write. */
function playedTrivy(script: string): string {
  const folder = freshFolder();
  const program = join(folder, "trivy");
  const head = `#!/bin/sh
PATH=/usr/bin:/bin
[ "$1" = version ] && echo "Version: 0.74.0" && exit 0
while [ $# -gt 1 ]; do [ "$1" = --output ] && OUTPUT=$2; shift; done
`;
  writeFileSync(program, head + script);
  chmodSync(program, 0o755);
  return folder;
}

describe("a scan that came to no end", () => {
  let workspace: string;
  beforeEach(() => {
    workspace = freshFolder();
    writeFiles(workspace, { "README.md": "a service\n" });
  });

  const call = (script: string, inputs: Record<string, string> = {}) => ({
    workspace,
    inputs: { "scan-type": "fs", scanners: "secret", ...inputs },
    env: { PATH: `${playedTrivy(script)}:/usr/bin:/bin` },
  });

  /** Told as an annotation, a gate and in the summary, and as nothing that could pass. */
  function expectFailure(result: ActionResult, code: string, reason: RegExp): void {
    expect(result.code).toBe(1);
    expect(result.log).toContain(`::error title=trivy-scan%3A ${code}::`);
    const gate = Gate.parse(JSON.parse(result.outputs.gate ?? "null"));
    expect(gate).toMatchObject({ name: "trivy-scan", outcome: "failed" });
    expect(gate.reason).toMatch(reason);
    expect(result.summary).toMatch(reason);
    expect(result.outputs.passed).toBeUndefined();
  }

  it.each([
    ["wrote nothing", "exit 0", /is not understood: it is empty/],
    [
      "wrote half of its report",
      'printf \'{"SchemaVersion": 2, "Res\' > "$OUTPUT"',
      /is not understood: it is no JSON/,
    ],
    [
      "wrote something else",
      'echo \'{"SchemaVersion": 9}\' > "$OUTPUT"',
      /is not understood: SchemaVersion/,
    ],
    ["was killed", "kill -9 $$", /killed by SIGKILL/],
    ["failed", 'echo "FATAL Fatal error no space left" >&2; exit 1', /exit code 1: no space left/],
    [
      "ran out of time",
      'echo "FATAL Fatal error context deadline exceeded" >&2; exit 1',
      /took longer than 10m/,
    ],
  ])("because trivy %s", async (_name, script, reason) => {
    expectFailure(await runAction("trivy-scan", call(script)), "scan-failed", reason);
  });

  it("because somebody cancelled the job leaves no trivy behind", async () => {
    const pidFile = join(freshFolder(), "pid");
    const script = `echo $$ > "$PID_FILE"; echo started >&2; sleep 600`;
    const given = call(script);
    const env = { ...given.env, PID_FILE: pidFile };
    const running = startAction("trivy-scan", { ...given, env });
    await running.shows("started");
    running.child.kill("SIGINT");
    const result = await running.ended;
    expect(result.code).toBe(1);
    expect(result.log).toContain("cancelled");
    expect(isAlive(Number(readFileSync(pidFile, "utf8")))).toBe(false);
  });

  const never = 'echo "it was started" >&2; exit 1';
  it.each([
    ["a folder that is not there", { "scan-ref": "nowhere" }, /scan-ref: there is no .*nowhere/],
    [
      "an image file that is not there",
      { "scan-type": "image", input: "image.tar" },
      /input: there is no/,
    ],
    [
      "exceptions that are not there",
      { trivyignores: "none.yaml" },
      /trivyignores: .*none.yaml cannot be read/,
    ],
    [
      "exceptions outside of the repository",
      { trivyignores: "../none.yaml" },
      /is not inside the workspace/,
    ],
    [
      "a folder without an archive",
      { "scan-type": "archive", "subject-digest": `sha256:${"0".repeat(64)}` },
      /does not hold one archive, but none/,
    ],
  ])("because of %s is told before trivy starts", async (_name, inputs, reason) => {
    const result = await runAction("trivy-scan", call(never, inputs));
    expectFailure(result, "invalid-input", reason);
    expect(result.log).not.toContain("it was started");
  });

  it("because of inputs that do not go together tells all of them at once", async () => {
    const result = await runAction(
      "trivy-scan",
      call(never, {
        "scan-type": "sbom",
        "image-ref": "alpine:3.20",
        scanners: "vuln,secret",
        "subject-digest": `sha256:${"0".repeat(64)}`,
      }),
    );
    expect(result.code).toBe(1);
    for (const input of ["image-ref", "scanners", "subject-digest"]) {
      expect(result.log).toContain(`::error title=trivy-scan%3A wrong input ${input}::`);
    }
    expect(result.log).toContain(
      "scan-type sbom cannot look for secret; it looks for vuln, license",
    );
  });

  it("because of inputs that nobody accepts tells each of them", async () => {
    const wrong = {
      "image-ref": "alpine --input /etc/passwd",
      "db-repository": "--insecure",
      limits: "misconfig=many",
      severity: "SEVERE",
      "output-dir": "../elsewhere",
      "scan-ref": "/etc",
    };
    const result = await runAction("trivy-scan", call(never, wrong));
    for (const input of Object.keys(wrong)) {
      expect(result.log).toContain(`::error title=trivy-scan%3A wrong input ${input}::`);
    }
  });
});
