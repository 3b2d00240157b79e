import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Files, folder, repository } from "../rehearsal/rehearsed.ts";
import { until } from "../support/until.ts";

const CLI = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function sluice(args: readonly string[], input = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/** One that has ended but was not waited for by its parent (a container's process 1) does not count. */
function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, "utf8"));
}

const WORKFLOW: Files = {
  ".github/workflows/test.yml": `
on: { push: { branches: [main] }, workflow_dispatch: { inputs: { who: { required: true } } } }
jobs:
  one:
    runs-on: x
    outputs: { v: "\${{ vars.V }}\${{ inputs.who }}" }
    steps:
      - run: '[ "$S" = "two words" ]'
        env: { S: "\${{ secrets.S }}" }
  two: { needs: one, environment: production, runs-on: x, steps: [{ run: "true" }] }
  off: { if: false, runs-on: x, steps: [{ run: "true" }] }
`,
  "secrets.env": 'S="two words"\n',
  "vars.json": '{"V": "var"}',
};

describe("sluice rehearse", () => {
  it("exits 0 on success, and writes the result", async () => {
    const dir = repository(WORKFLOW);
    const result = join(dir, "deep", "result.json");
    const files = ["--secret-file", join(dir, "secrets.env"), "--var-file", join(dir, "vars.json")];
    const ended = await sluice(["rehearse", "--dir", dir, ...files, "--result", result]);
    expect(ended.stderr).toBe("");
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("no terminal to ask on");
    expect(JSON.parse(readFileSync(result, "utf8"))).toMatchObject({
      conclusion: "success",
      complete: true,
      jobs: { one: "success", two: "success", off: "skipped" },
      outputs: { one: { v: "var" }, two: {}, off: {} },
    });
  });

  it("exits 1 when the run failed, and still writes the result", async () => {
    const dir = repository(WORKFLOW);
    const result = join(dir, "result.json");
    const ended = await sluice(["rehearse", "test", "--dir", dir, "--result", result]);
    expect(ended.code).toBe(1);
    expect(JSON.parse(readFileSync(result, "utf8"))).toMatchObject({
      conclusion: "failure",
      jobs: { one: "failure", two: "skipped" },
    });
  });

  it("asks for approval on its input", async () => {
    const dir = repository(WORKFLOW);
    const args = [
      "rehearse",
      "--dir",
      dir,
      "--secret-file",
      join(dir, "secrets.env"),
      "--approve",
      "ask",
    ];
    expect((await sluice(args, "y\n")).code).toBe(0);
    const refused = await sluice(args, "no\n");
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("production was rejected");
  });

  it("leaves the line of a question that was decided over the API to the next one", async () => {
    const decide = `
import { context, getOctokit } from ${JSON.stringify(import.meta.resolve("@actions/github"))};
const { actions } = getOctokit(process.env.PERSON).rest;
const at = { ...context.repo, run_id: context.runId };
let waiting = [];
while (waiting.length === 0) waiting = (await actions.getPendingDeploymentsForRun(at)).data;
const environment_ids = [waiting[0].environment.id];
await actions.reviewPendingDeploymentsForRun({ ...at, environment_ids, state: "approved", comment: "" });
`;
    const dir = repository({
      ".github/workflows/test.yml": `
on: push
permissions: write-all
jobs:
  first: { runs-on: x, environment: one, steps: [{ run: "true" }] }
  decide: { runs-on: x, steps: [{ shell: "node {0}", env: { PERSON: "\${{ secrets.PERSON }}" }, run: ${JSON.stringify(decide)} }] }
  second: { needs: first, runs-on: x, environment: two, steps: [{ run: "true" }] }
`,
      "secrets.env": "PERSON=a-token-of-somebody\n",
    });
    const secrets = ["--secret-file", join(dir, "secrets.env")];
    const child = spawn(process.execPath, [
      ...[CLI, "rehearse", "--dir", dir, ...secrets, "--approve", "ask"],
    ]);
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        said += chunk;
      });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await until("it asks for the second", () => said.includes("Approve second"));
    child.stdin.end("y\n");
    const code = await ended;
    expect(said).toContain("two was approved on the terminal");
    expect(code, said).toBe(0);
  });

  it("prints events as JSON lines", async () => {
    const ended = await sluice(["rehearse", "--dir", repository(WORKFLOW), "--json"]);
    const events = ended.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(events[0]?.type).toBe("run-started");
    expect(events.at(-1)).toMatchObject({ type: "run-finished", conclusion: "failure" });
  });

  it("ends when the run has ended, also after a matrix was cancelled", async () => {
    const dir = folder({
      ".github/workflows/test.yml": `
on: push
jobs:
  m:
    runs-on: x
    strategy: { matrix: { n: [1, 2, 3, 4, 5, 6] } }
    steps: [{ run: "[ \${{ matrix.n }} = 3 ]" }]
`,
    });
    expect((await sluice(["rehearse", "--dir", dir])).code).toBe(1);
  });

  it("shows the plan without running anything", async () => {
    const ended = await sluice(["rehearse", "--dir", repository(WORKFLOW), "--plan"]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("two  (after one; approval of environment production)");
  });

  it.each<[string, string[], string]>([
    ["an unknown workflow", ["nope"], "Present in .github/workflows: test.yml"],
    ["an event that starts nothing", ["--event", "release"], "not on release"],
    ["an unknown input", ["--event", "workflow_dispatch", "--input", "x=1"], "accepted: who"],
    ["a malformed mapping", ["--repo", "x"], "owner/repo@ref=path is accepted"],
    ["a missing folder", ["--dir", "/nowhere/at/all"], "does not exist"],
    ["a missing file", ["--secret-file", "/nowhere/at/all"], "can't be read"],
    ["an unknown option", ["--nope"], "unknown option"],
  ])("exits 2 for %s", async (_name, args, message) => {
    const dir = folder(WORKFLOW);
    const ended = await sluice(["rehearse", "--dir", dir, ...args]);
    expect(ended.stderr).toContain(message);
    expect(ended.code).toBe(2);
  });

  it("exits 2 and names every fault with its line and column", async () => {
    const dir = folder({
      ".github/workflows/a.yml":
        "on: push\njobs:\n  a:\n    runs-on: x\n    needs: b\n    steps: [{ uses: octo/thing@v1 }, { run: '${{ nope }}' }]\n",
      ".github/workflows/b.yml": "on: push\njobs: [\n",
    });
    const ended = await sluice(["rehearse", "--dir", dir]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("a.yml:5:12: Job 'a' needs unknown job 'b'");
    expect(ended.stderr).toContain(
      "a.yml:6:21: 'octo/thing@v1' is not on this machine; add --repo octo/thing@v1=",
    );
    expect(ended.stderr).toContain("a.yml:6:46: Unrecognized named-value: 'nope'");
    expect(ended.stderr).toMatch(/b.yml:\d+:\d+/);
  });

  it("is cancelled by Ctrl-C: clean-up steps run, nothing stays behind, the exit is not 0", async () => {
    const dir = folder({
      ".github/workflows/test.yml": `
on: push
jobs:
  one:
    runs-on: x
    steps:
      - run: |
          sleep 300 &
          echo "pids $$ $!"
          sleep 300
      - { if: always(), run: echo cleaned up }
`,
    });
    const child = spawn(process.execPath, [CLI, "rehearse", "--dir", dir]);
    let stdout = "";
    let isTold = false;
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk;
      // Once: the second ends the clean-up too.
      if (isTold || !/\| pids \d+ \d+\n/.test(stdout)) return;
      isTold = true;
      child.kill("SIGINT");
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(1);
    expect(stdout).toContain("cleaned up");
    expect(stdout).toContain("cancelled");
    const pids = /pids (\d+) (\d+)\n/.exec(stdout)?.slice(1).map(Number) ?? [];
    expect(pids).toHaveLength(2);
    await until("they are gone", () => !pids.some(isRunning));
  });
});

describe("sluice doctor", () => {
  it("says what is here for each target", async () => {
    const ended = await sluice(["doctor", "--json"]);
    expect(ended.code).toBe(0);
    const { targets, tools } = JSON.parse(ended.stdout);
    expect(targets[0]).toMatchObject({ name: "rehearsal", ready: true, lacks: [] });
    expect(tools.node.version).toBe(process.versions.node);
  });
});
