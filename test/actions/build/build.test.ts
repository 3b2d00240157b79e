import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Candidate } from "../../../lib/evidence/candidate.ts";
import { runStep, Step, type StepResult } from "../../lib/action/support/runner.ts";
import { freshFolder } from "../../support/fresh-folder.ts";

const RUN_ACTION = join(import.meta.dirname, "..", "..", "..", "scripts", "run-action.ts");
const COMMITTED_AT = "2026-01-02T03:04:05Z";

let origin: string;

beforeEach(() => {
  origin = freshFolder();
  mkdirSync(join(origin, "app"));
  writeFileSync(join(origin, "app/main.js"), "console.log(1);\n");
  writeFileSync(join(origin, "app/tool.sh"), "#!/bin/sh\n", { mode: 0o755 });
  symlinkSync("main.js", join(origin, "app/index.js"));
  writeFileSync(join(origin, ".gitignore"), "out/\nmade/\n");
  git(origin, "init", "-q", "-b", "main");
  git(origin, "add", ".");
  git(origin, "commit", "-q", "-m", "A service");
});

function git(cwd: string, ...args: string[]): string {
  const identity = { NAME: "Test", EMAIL: "test@example.invalid", DATE: COMMITTED_AT };
  const env = Object.fromEntries(
    Object.entries(identity).flatMap(([key, text]) => [
      [`GIT_AUTHOR_${key}`, text],
      [`GIT_COMMITTER_${key}`, text],
    ]),
  );
  const isolated = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  return execFileSync("git", args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env, ...isolated },
  }).trim();
}

function build(workspace: string, inputs: Record<string, string> = {}, env = {}) {
  return runStep(RUN_ACTION, ["build"], variables(workspace, inputs, env));
}

function variables(workspace: string, inputs: Record<string, string>, env = {}) {
  const given = {
    name: "shop",
    version: "v1.2.3",
    path: "app",
    output: "out/shop.tar.gz",
    ...inputs,
  };
  return {
    GITHUB_WORKSPACE: workspace,
    ...Object.fromEntries(
      Object.entries(given).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]),
    ),
    ...env,
  };
}

function gateOf({ outputs }: StepResult): { outcome: string; reason: string } {
  return JSON.parse(outputs.gate ?? "null");
}

describe("a build", () => {
  it("gives a candidate that names the commit and the bytes", async () => {
    const result = await build(origin);
    expect(result.code, result.log).toBe(0);
    const candidate = Candidate.parse(JSON.parse(result.outputs.candidate ?? ""));
    const bytes = readFileSync(join(origin, "out/shop.tar.gz"));
    expect(candidate).toEqual({
      name: "shop",
      version: "1.2.3",
      commit: git(origin, "rev-parse", "HEAD"),
      artifacts: [
        {
          kind: "archive",
          uri: "out/shop.tar.gz",
          digest: result.outputs.digest,
          size: bytes.length,
        },
      ],
    });
    expect(result.outputs.archive).toBe("out/shop.tar.gz");
    expect(gateOf(result)).toMatchObject({ name: "build", outcome: "passed" });
    expect(result.summary).toContain(result.outputs.digest);
  });

  it("of the same commit has the same digest in two folders, whatever their times and modes", async () => {
    const command =
      "mkdir -p made && cp app/main.js made/ && printf '%s' \"$SOURCE_DATE_EPOCH\" > made/epoch";
    const digests: string[] = [];
    for (const umask of ["022", "077"]) {
      const clone = join(freshFolder(), `clone ${umask}`);
      const [script, ...args] = ['umask $0 && git clone -q "$1" "$2"', umask, origin, clone];
      execFileSync("sh", ["-c", script ?? "", ...args]);
      const result = await build(clone, { command, path: "app, made" });
      expect(result.code, result.log).toBe(0);
      digests.push(result.outputs.digest ?? "");
    }
    expect(digests[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
  });

  it("has another digest when a byte is another", async () => {
    const before = await build(origin);
    writeFileSync(join(origin, "app/main.js"), "console.log(2);\n");
    const after = await build(origin);
    expect(after.outputs.digest).not.toBe(before.outputs.digest);
    expect(after.log).toContain("::warning title=build%3A changed files::1 tracked files");
  });

  it("takes its version from the tag", async () => {
    const result = await build(origin, { version: "" }, { GITHUB_REF: "refs/tags/v2.0.0-rc.1" });
    expect(result.outputs.version).toBe("2.0.0-rc.1");
  });

  it("takes its time from SOURCE_DATE_EPOCH, and needs no git when the variables say it all", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, "a"), "");
    const commit = "0123456789".repeat(4);
    const env = { GITHUB_SHA: commit, SOURCE_DATE_EPOCH: "86400", GIT_CEILING_DIRECTORIES: folder };
    const result = await build(folder, { path: "a", output: "" }, env);
    expect(JSON.parse(result.outputs.candidate ?? "")).toMatchObject({ commit });
    expect(result.outputs.archive).toBe("shop-1.2.3.tar.gz");
    const list = execFileSync("tar", ["--utc", "-tvzf", join(folder, "shop-1.2.3.tar.gz")]);
    expect(String(list)).toContain("1970-01-02 00:00");
  });

  it("runs its command in its context without this action's inputs, stopping at the first failure", async () => {
    const command = "env | grep -c '^INPUT_' > app/count || true\nfalse | true\ntouch app/too-far";
    const result = await build(origin, { command, context: "." });
    expect(result.code).toBe(1);
    expect(readFileSync(join(origin, "app/count"), "utf8").trim()).toBe("0");
    expect(existsSync(join(origin, "app/too-far"))).toBe(false);
    expect(gateOf(result)).toMatchObject({
      outcome: "failed",
      reason: "the command ended with exit code 1",
    });
    expect(existsSync(join(origin, "out"))).toBe(false);
  });
});

describe("a build is refused", () => {
  it.each([
    [{ kind: "image" }, "images are not built by this version of the action"],
    [{ name: "../x" }, "name: given"],
    [{ version: "1 2" }, "a version such as 1.2.3"],
    [{ path: "nothing-here" }, "nothing is at nothing-here"],
    [{ path: "../.." }, "leads out of"],
    [{ output: "../out.tar.gz" }, "outside of"],
    [{ context: "/" }, "outside of"],
    [{ tags: "x" }, "there is no such input"],
  ])("with %j", async (inputs, expected) => {
    const result = await build(origin, inputs as Record<string, string>);
    expect(result.code).toBe(1);
    expect(result.log).toContain(expected);
    expect(gateOf(result).outcome).toBe("failed");
    expect(existsSync(join(origin, "out"))).toBe(false);
  });

  it("without a version where there is no tag", async () => {
    const result = await build(origin, { version: "" }, { GITHUB_REF: "refs/heads/main" });
    expect(result.log).toContain("the workflow does not run for a tag");
    expect(result.log).toContain("next: give version");
  });

  it("when its command takes too long, which ends all that it started", async () => {
    const command = "sleep 300 & echo $! > sleeper; wait";
    const result = await build(origin, { command, timeout: "5s" });
    expect(gateOf(result).reason).toBe("the command took longer than 5s");
    await expectGone(Number(readFileSync(join(origin, "sleeper"), "utf8")));
  });
});

describe("a cancelled build", () => {
  it("ends its command and leaves no archive", async () => {
    using step = new Step();
    const command = "sleep 300 & echo $! > sleeper; echo sleeping; wait";
    step.start(RUN_ACTION, ["build"], variables(origin, { command }));
    await step.says("sleeping\n");
    step.signal("SIGINT");
    const result = await step.end();
    expect(result.code).toBe(1);
    expect(gateOf(result).reason).toBe("cancelled by SIGINT");
    expect(existsSync(join(origin, "out"))).toBe(false);
    await expectGone(Number(readFileSync(join(origin, "sleeper"), "utf8")));
  });
});

async function expectGone(pid: number): Promise<void> {
  const isThere = () => {
    try {
      // A zombie that nobody has reaped yet has ended, too.
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  };
  await expect.poll(isThere).toBe(false);
}
