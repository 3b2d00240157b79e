import { execFile, execFileSync, spawn } from "node:child_process";
import { chmodSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { folder } from "../rehearsal/rehearsed.ts";

const CLI = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));

function sluice(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [CLI, ...args], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

function hasNamespaces(): boolean {
  try {
    execFileSync("unshare", ["--net", "--", "sh", "-c", "ip link set lo up"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("sluice rehearse --network loopback", () => {
  it.runIf(hasNamespaces())("leaves jobs loopback, and the rehearsal's GitHub, alone", async () => {
    const dir = folder({
      ".github/workflows/test.yml": `
on: push
jobs:
  one:
    runs-on: x
    steps:
      - shell: node {0}
        run: |
          import { networkInterfaces } from "node:os";
          console.log("has", Object.keys(networkInterfaces()).join());
          const answer = await fetch(process.env.GITHUB_API_URL + "/rate_limit", { headers: { authorization: "Bearer \${{ github.token }}" } });
          console.log("GitHub says", answer.status);
          await fetch("http://192.0.2.1/").catch((error) => console.log("elsewhere", error.cause.code));
      - uses: docker://alpine:3.22
        continue-on-error: true
`,
    });
    // A podman would be inside, and could be used.
    const bin = folder({ podman: "#!/bin/sh\nexit 1\n" });
    chmodSync(join(bin, "podman"), 0o755);
    const ended = await sluice(["rehearse", "--dir", dir, "--network", "loopback"], {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
    });
    expect(ended.stdout).toContain("has lo\n");
    expect(ended.stdout).toContain("GitHub says 200");
    expect(ended.stdout).toContain("elsewhere ENETUNREACH");
    expect(ended.stdout).toContain("docker: its daemon is outside of the network");
    expect(ended.code).toBe(0);
  });

  it("says that it cannot where there is no way", async () => {
    const dir = folder({
      ".github/workflows/t.yml": "on: push\njobs: { a: { runs-on: x, steps: [{ run: 'true' }] } }",
    });
    const ended = await sluice(["rehearse", "--dir", dir, "--network", "none"], {
      PATH: "/nowhere",
    });
    expect(ended.stderr).toContain("--network none and loopback cannot be enforced here");
    expect(ended.stderr).toContain("Next: ");
    expect(ended.code).toBe(2);
  });
});

describe("sluice rehearse --watch", () => {
  it("rehearses again when a file changes, and ends with Ctrl-C", async () => {
    const workflow = (text: string) => ({
      ".github/workflows/t.yml": `on: push\njobs: { a: { runs-on: x, steps: [{ run: echo ${text} }] } }`,
    });
    const dir = folder(workflow("one"));
    const result = join(dir, "result.json");
    const child = spawn(process.execPath, [
      CLI,
      "rehearse",
      "--dir",
      dir,
      "--watch",
      "--result",
      result,
    ]);
    onTestFinished(() => void child.kill("SIGKILL"));
    let said = "";
    // Whole at once: half a file would be a change of its own.
    const next = folder(workflow("two"));
    const file = ".github/workflows/t.yml";
    // Each once: output comes in pieces, and a second Ctrl-C finds nobody who listens.
    const acts = [() => renameSync(join(next, file), join(dir, file)), () => child.kill("SIGINT")];
    const react = (): void => {
      const runs = said.split("Watching").length - 1;
      if (runs > 2 - acts.length) acts.shift()?.();
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk;
        react();
      });
    }
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(said).toContain("| two");
    expect(said.match(/Changed: .*/g)).toEqual(["Changed: .github/workflows/t.yml"]);
    expect(code).toBe(0);
  });
});

describe("sluice rehearse --list", () => {
  it("lists jobs and steps as text and as JSON, and runs nothing", async () => {
    const dir = folder({
      ".github/workflows/t.yml":
        "on: push\njobs: { a: { if: false, runs-on: x, steps: [{ run: 'touch ran' }] } }",
    });
    const text = await sluice(["rehearse", "--dir", dir, "--list"]);
    expect(text.stdout).toContain("- a: does not run (does not hold: false)");
    const { stdout } = await sluice(["rehearse", "--dir", dir, "--list", "--json"]);
    expect(JSON.parse(stdout).workflows[0].jobs[0]).toMatchObject({ job: "a", runs: "no" });
  });
});

describe("what a run leaves on GitHub", () => {
  it("is in the result, among the events, in the log and on the page", async () => {
    const dir = folder({
      ".github/workflows/t.yml": `
on: push
jobs:
  a:
    runs-on: x
    environment: { name: staging, url: "https://staging.example" }
    steps:
      - run: 'curl -s -X POST -H "Authorization: Bearer $T" -d "{\\"title\\":\\"x\\"}" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues"'
        env: { T: "\${{ github.token }}" }
`,
    });
    const [result, page] = [join(dir, "r.json"), join(dir, "p.html")];
    const ended = await sluice(["rehearse", "--dir", dir, "--result", result, "--page", page]);
    const deployed =
      "deployment of main to staging: waiting → in_progress → success at https://staging.example";
    expect(ended.stdout).toContain(`GitHub holds: ${deployed}`);
    expect(ended.stdout).toMatch(/GitHub: POST \/repos\/local\/.*\/issues → 403/);
    expect(JSON.parse(readFileSync(result, "utf8")).github.deployments).toHaveLength(1);
    const html = readFileSync(page, "utf8");
    expect(html).toContain(deployed);
    expect(html).toContain("/issues → 403");
  });
});
