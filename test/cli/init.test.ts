import { execFile } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../lib/environment/read.ts";
import { lint } from "../../rehearsal/lint.ts";
import { type Files, folder, git, write } from "../rehearsal/rehearsed.ts";
import { processesBelow } from "../support/processes-below.ts";
import { startSluice } from "../support/sluice-command.ts";

const CLI = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));
const SERVICE = fileURLToPath(new URL("../consumer/repository/service", import.meta.url));

function sluice(args: readonly string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const options = { maxBuffer: 2 ** 26 };
    const child = execFile(process.execPath, [CLI, ...args], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

const LIBRARY = [
  ...["--library", "octo/sluice@0123456789abcdef0123456789abcdef01234567"],
  ...["--repository", "octo/greeter"],
];
const FILES_ONLY = [...LIBRARY, "--no-rehearse"];
/** Two releases with a load gate each, and the tools that they need. */
const REHEARSAL_MS = 600_000;
const PACKAGE: Files = {
  "package.json":
    '{ "name": "@octo/greeter", "type": "module", "scripts": { "start": "node main.js" } }',
};

describe("sluice init", () => {
  it("writes workflows that GitHub would take, and environments that are whole", async () => {
    const dir = folder({ ...PACKAGE, ".gitignore": "node_modules" });
    const ended = await sluice(["init", "--dir", dir, ...FILES_ONLY]);
    expect(ended.stderr).toBe("");
    expect(ended.code).toBe(0);
    expect((await lint(dir)).faults).toEqual([]);
    const environment = await readEnvironment(join(dir, "environments/production.yaml"));
    expect(environment.service).toMatchObject({ name: "greeter", start: ["node", "main.js"] });
    expect((await readEnvironment(join(dir, "environments/rehearsal.yaml"))).name).toBe(
      "rehearsal",
    );
    expect(environment.verify).toEqual({
      by: "identity",
      identity: {
        matching:
          "^https://github\\.com/octo/greeter/\\.github/workflows/cd\\.yml@refs/tags/v[0-9].*$",
      },
      issuer: "https://token.actions.githubusercontent.com",
      repository: "octo/greeter",
    });
    const staging = await readEnvironment(join(dir, "environments/staging.yaml"));
    expect(staging.target).toMatchObject({ listen: { port: 8081 } });
    const cd = readFileSync(join(dir, ".github/workflows/cd.yml"), "utf8");
    expect(cd).toContain("octo/sluice/actions/candidate@0123456789abcdef");
    expect(cd).toContain("octo/sluice/.github/workflows/cd.yml@0123456789abcdef");
    expect(cd.match(/uses: actions\/\S+@[0-9a-f]{40} # v/g)).toHaveLength(5);
    // Nothing is pinned, so a scan for vulnerabilities would have nothing to look at.
    expect(cd).toContain("must-cover: secret");
    expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("node_modules\n.sluice/\nout/\n");
    expect(readFileSync(join(dir, "environments/README.md"), "utf8")).toContain(
      "rehearse release --ref v0.1.0",
    );
  });

  it("overwrites nothing, and then writes nothing at all", async () => {
    const dir = folder({ ...PACKAGE, "environments/production.yaml": "mine" });
    const ended = await sluice(["init", "--dir", dir, ...FILES_ONLY]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("There already: environments/production.yaml");
    expect(readFileSync(join(dir, "environments/production.yaml"), "utf8")).toBe("mine");
    expect(readdirSync(dir).sort()).toEqual(["environments", "package.json"]);
  });

  it("asks nothing where there is no terminal: it tells all that is missing", async () => {
    const dir = folder({ "readme.txt": "" });
    const ended = await sluice(["init", "--dir", dir]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("--start <command>");
    expect(ended.stderr).toContain("--repository owner/name");
    expect(readdirSync(dir)).toEqual(["readme.txt"]);
  });

  it("shows what it would write", async () => {
    const dir = folder(PACKAGE);
    const ended = await sluice(["init", "--dir", dir, ...FILES_ONLY, "--dry-run"]);
    expect(ended.stdout).toContain("--- environments/production.yaml");
    expect(readdirSync(dir)).toEqual(["package.json"]);
  });

  it.each([
    ["--library", "sluice"],
    ["--name", "a b"],
    ["--listen", "8080"],
    ["--path", "../elsewhere"],
    ["--environment", "a/b"],
    ["--environment", "staging"],
    ["--repository", "greeter"],
    ["--request", "no path"],
  ])("refuses %s %s before anything is written", async (flag, value) => {
    const dir = folder(PACKAGE);
    const ended = await sluice(["init", "--dir", dir, ...FILES_ONLY, flag, value]);
    expect(ended.stderr).toContain(value);
    expect(ended.code).toBe(2);
    expect(readdirSync(dir)).toEqual(["package.json"]);
  });

  it("asks for vulnerabilities where a lock file pins dependencies", async () => {
    const dir = folder({ ...PACKAGE, "package-lock.json": "{}" });
    await sluice(["init", "--dir", dir, ...FILES_ONLY]);
    const cd = readFileSync(join(dir, ".github/workflows/cd.yml"), "utf8");
    expect(cd).not.toContain("must-cover");
    expect(cd).toContain("npm ci --omit=dev --ignore-scripts");
  });

  it("takes name and branch of the repository from git", async () => {
    const dir = folder(PACKAGE);
    git(dir, "init", "--quiet", "--initial-branch=trunk");
    git(dir, "remote", "add", "origin", "git@github.com:octo/other.git");
    const library = LIBRARY.slice(0, 2);
    await sluice(["init", "--dir", dir, ...library, "--no-rehearse"]);
    const cd = readFileSync(join(dir, ".github/workflows/cd.yml"), "utf8");
    expect(cd).toContain("branches: [trunk]");
    const staging = readFileSync(join(dir, "environments/staging.yaml"), "utf8");
    expect(staging).toContain("github\\.com/octo/other/");
    expect(staging).toContain("@refs/heads/trunk$");
  });

  it(
    "rehearses two releases through every gate and a rollback at once, and leaves the repository alone",
    async () => {
      const dir = folder({});
      cpSync(SERVICE, join(dir, "service"), { recursive: true });
      write(dir, { "README.md": "mine\n" });
      git(dir, "init", "--quiet", "--initial-branch=main");
      const service = ["--path", "service", "--start", "node service/main.js"];
      const ended = await sluice(["init", "--dir", dir, ...LIBRARY, ...service]);
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      expect(ended.stdout).toContain("as verify: demands: the key");
      expect(ended.stdout).toContain("0.1.0 serves again (a drill)");
      expect(ended.stdout).toContain("✓ two releases and a rollback went through");
      expect(git(dir, "for-each-ref")).toBe("");
      expect(existsSync(join(dir, ".sluice"))).toBe(false);
    },
    REHEARSAL_MS,
  );

  it(
    "takes the copy's site down when the rehearsal is ended by Ctrl-C, and leaves nothing",
    async () => {
      const dir = folder({});
      const temp = folder({});
      cpSync(SERVICE, join(dir, "service"), { recursive: true });
      git(dir, "init", "--quiet", "--initial-branch=main");
      const service = ["--path", "service", "--start", "node service/main.js"];
      const running = startSluice(["init", "--dir", dir, ...LIBRARY, ...service], {
        cwd: dir,
        env: { ...process.env, TMPDIR: temp },
        deadlineMs: REHEARSAL_MS,
      });
      await running.prints("Rehearsing the release of v0.1.0");
      running.interrupt();
      const { code, output } = await running.ended;
      expect(code, output).toBe(1);
      expect(output).toContain("rehearsal is down.");
      expect(readdirSync(temp).filter((name) => name.startsWith("sluice-"))).toEqual([]);
      expect(processesBelow(temp)).toEqual([]);
    },
    REHEARSAL_MS,
  );
});
