import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scanArguments } from "../../../lib/scan/trivy/arguments.ts";
import { countFiles } from "../../../lib/scan/trivy/count-files.ts";
import { environmentOf, leftOut } from "../../../lib/scan/trivy/environment.ts";
import { runTrivy } from "../../../lib/scan/trivy/process.ts";
import type { ScanSettings } from "../../../lib/scan/trivy/settings.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { writeFiles } from "../../support/scan-folder.ts";
import { isAlive, until } from "../../support/until.ts";

const SETTINGS: ScanSettings = {
  subject: { kind: "folder", as: "fs", path: "/somewhere/with a space" },
  scanners: ["vuln", "secret"],
  packageTypes: ["os", "library"],
  skipDirs: ["**/node modules", "--output"],
  skipFiles: [],
  cacheFolder: "/cache",
  timeoutMs: 600_000,
  configFile: undefined,
  ignorePolicy: undefined,
  javaDbMirrors: [],
  skipDbUpdate: false,
  skipCheckUpdate: true,
  offline: false,
  everySecret: false,
};
const FILES = {
  report: "/scratch/trivy.json",
  nothing: "/scratch/nothing.yaml",
  secrets: "/scratch/secrets.yaml",
};

describe("what trivy is told", () => {
  it("is a list: nothing is split, and nothing given becomes an option", () => {
    const args = scanArguments(SETTINGS, FILES);
    expect(args.slice(-2)).toEqual(["--", "/somewhere/with a space"]);
    expect(args).toContain("**/node modules");
    expect(args[args.indexOf("--output", args.indexOf("--skip-dirs")) - 1]).toBe("--skip-dirs");
  });

  it("leaves every decision to the rule", () => {
    const text = scanArguments(SETTINGS, FILES).join(" ");
    expect(text).toContain("--severity UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL --exit-code 0");
    expect(text).toContain("--ignorefile /scratch/nothing.yaml --config /scratch/nothing.yaml");
  });

  it("has settings of its own for secrets only where every one is looked for", () => {
    expect(scanArguments(SETTINGS, FILES)).not.toContain("--secret-config");
    const every = scanArguments({ ...SETTINGS, everySecret: true }, FILES);
    expect(every[every.indexOf("--secret-config") + 1]).toBe(FILES.secrets);
  });

  it.each([
    [
      { kind: "image", reference: "ghcr.io/a/b:v1" },
      ["--image-src", "remote", "--", "ghcr.io/a/b:v1"],
    ],
    [{ kind: "image-file", path: "/image.tar" }, ["--input", "/image.tar"]],
    [{ kind: "sbom", path: "/sbom.json" }, ["--", "/sbom.json"]],
    [{ kind: "repository", url: "https://example.com/a" }, ["--", "https://example.com/a"]],
  ] as const)("names %o", (subject, end) => {
    const args = scanArguments({ ...SETTINGS, subject }, FILES);
    expect(args.slice(-end.length)).toEqual(end);
  });

  it("holds none of the runner's variables that could change or read it", () => {
    const env = {
      PATH: "/bin",
      TRIVY_SEVERITY: "LOW",
      TRIVY_PASSWORD: "p",
      INPUT_TOKEN: "t",
      ACTIONS_RUNTIME_TOKEN: "r",
    };
    expect(environmentOf(env)).toEqual({ PATH: "/bin", TRIVY_PASSWORD: "p" });
    expect(leftOut(env)).toEqual(["TRIVY_SEVERITY"]);
  });
});

describe("a trivy that hangs", () => {
  /** It will not go when it is asked to, and neither will its child. */
  const HANGS =
    "#!/bin/sh\ntrap '' TERM\nsh -c \"trap '' TERM; echo \\$\\$ > begun && mv begun child; while :; do sleep 1; done\" &\nwait\nwhile :; do sleep 1; done\n";

  function hanging(signal: AbortSignal) {
    const cwd = freshFolder();
    const path = join(cwd, "trivy");
    writeFileSync(path, HANGS);
    chmodSync(path, 0o755);
    return { path, cwd, env: { PATH: "/usr/bin:/bin" }, say: () => {}, signal, graceMs: 500 };
  }

  it("is ended when its time is over", async () => {
    const program = hanging(new AbortController().signal);
    expect(await runTrivy(program, [], 500)).toEqual({ kind: "timeout", said: "" });
  });

  it("is ended with all that it started", async () => {
    const cancel = new AbortController();
    const program = hanging(cancel.signal);
    const child = join(program.cwd, "child");
    const reason = new Error("somebody cancelled");
    await Promise.all([
      expect(runTrivy(program, [], 600_000)).rejects.toBe(reason),
      until("its child", () => existsSync(child)).then(() => cancel.abort(reason)),
    ]);
    const pid = Number(readFileSync(child, "utf8"));
    await until("the child is gone", () => !isAlive(pid));
  });
});

describe("the files that a scan can look at", () => {
  it("are those that are neither skipped nor left out by trivy itself", async () => {
    const folder = freshFolder();
    const names = [
      ".env",
      "a/b/c.ts",
      "a/skipped/d.ts",
      "e.lock",
      ".git/config",
      "web/.git/config",
      "node_modules/of-others/index.js",
      "web/package-lock.json",
      "web/logo.png",
    ];
    writeFiles(folder, Object.fromEntries(names.map((name) => [name, ""])));
    expect(await countFiles(folder, { dirs: [], files: [] })).toBe(4);
    expect(await countFiles(folder, { dirs: ["**/skipped/"], files: ["*.lock"] })).toBe(2);
    expect(await countFiles(join(folder, "e.lock"), { dirs: [], files: [] })).toBe(1);
  });
});
