import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { obtain } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";
import { type Measured, measure } from "./command.ts";

export const ACT = {
  name: "act",
  version: "0.2.87",
  versionArgs: ["--version"],
  versionPattern: /^act version (\d\S*)/,
  source: { kind: "go", package: "github.com/nektos/act", ldflags: "-X main.version=0.2.87" },
  expectedSeconds: 60,
} as const;

const CLI = join(import.meta.dirname, "..", "..", "cli", "sluice.js");
const LIMIT_MS = 180_000;

/** What a tool is asked to rehearse. */
export interface Asked {
  /** A repository with a commit. */
  readonly dir: string;
  readonly event: string;
  readonly ref?: string | undefined;
  readonly inputs?: { readonly [name: string]: string } | undefined;
  readonly secrets?: { readonly [name: string]: string } | undefined;
  readonly limitMs?: number | undefined;
}

/** A program that runs workflow files on this machine. */
export interface Runner {
  readonly name: "Sluice" | "act";
  readonly run: (asked: Asked) => Promise<Measured>;
}

export const sluice: Runner = {
  name: "Sluice",
  run: ({ dir, event, ref, inputs = {}, secrets = {}, limitMs = LIMIT_MS }) => {
    const secretFile = join(dir, "..", "secrets.json");
    writeFileSync(secretFile, JSON.stringify(secrets));
    const args = [CLI, "rehearse", "test", "--dir", dir, "--event", event];
    args.push("--secret-file", secretFile, "--approve", "never");
    if (ref) args.push("--ref", ref);
    for (const [name, value] of Object.entries(inputs)) args.push("--input", `${name}=${value}`);
    return measure({ program: process.execPath, args, cwd: dir, env: process.env, limitMs });
  },
};

/** act, made from its pinned module, in host mode: without Docker, as we are. */
export async function actRunner(home: string): Promise<Runner> {
  const { path } = await obtain(ACT, openShop({ say: (text) => console.error(text) }));
  // It asks which image to use when it has no settings, and keeps things in its user's folders.
  mkdirSync(join(home, "act"), { recursive: true });
  writeFileSync(join(home, "act", "actrc"), "");
  return {
    name: "act",
    run: ({ dir, event, ref, inputs = {}, secrets = {}, limitMs = LIMIT_MS }) => {
      const eventFile = join(dir, "..", "event.json");
      const payload = ref ? { ref } : Object.keys(inputs).length > 0 ? { inputs } : {};
      writeFileSync(eventFile, JSON.stringify(payload));
      const args = [event, "-W", ".github/workflows/test.yml", "-P", "ubuntu-latest=-self-hosted"];
      args.push("--container-daemon-socket", "-", "-e", eventFile, "--no-cache-server");
      for (const [name, value] of Object.entries(inputs)) args.push("--input", `${name}=${value}`);
      for (const [name, value] of Object.entries(secrets)) args.push("-s", `${name}=${value}`);
      const env = {
        ...process.env,
        HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: join(home, "cache"),
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      };
      return measure({ program: path, args, cwd: dir, env, limitMs });
    },
  };
}

/** A repository with these files, committed; for act `$/` is written as `./`, which it knows. */
export function makeRepository(
  dir: string,
  files: { readonly [path: string]: string },
  runner: Runner,
  message = "first",
): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, runner.name === "act" ? text.replaceAll(/uses: \$\//g, "uses: ./") : text);
  }
  const git = (...args: string[]): void => {
    execFileSync(
      "git",
      [
        "-c",
        "user.name=bench",
        "-c",
        "user.email=bench@localhost",
        "-c",
        "commit.gpgsign=false",
        ...args,
      ],
      { cwd: dir, stdio: "ignore" },
    );
  };
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}
