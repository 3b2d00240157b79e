import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import { SluiceError } from "../../lib/error.ts";
import { TOOLS } from "../../lib/tools/catalogue.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";
import { standInFor } from "../../rehearsal/stand-in/stand-in.ts";
import { startFlow } from "../support/order-flow.ts";
import { startSluice } from "../support/sluice-command.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Six workflows and three releases, on a machine that may do other things too. */
const WHOLE_MS = 1_500_000;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice released ")));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

interface Result {
  readonly conclusion: string;
  readonly jobs: Readonly<Record<string, string>>;
}

function git(cwd: string, ...args: string[]): void {
  const settings = ["user.name=t", "user.email=t@localhost", "commit.gpgsign=false"];
  const config = settings.flatMap((setting) => ["-c", setting]);
  execFileSync("git", [...config, ...args], { cwd, stdio: "pipe" });
}

/** What GitHub would download for a `uses:`, and nothing else. */
function exported(): string | undefined {
  const library = join(folder, "library");
  try {
    const archive = execFileSync("git", ["archive", "--prefix=library/", "HEAD"], {
      cwd: ROOT,
      maxBuffer: 1 << 30,
    });
    execFileSync("tar", ["-x", "-C", folder], { input: archive });
    return library;
  } catch {
    return undefined;
  }
}

function names(folderOf: string, inside: string): string[] {
  return readdirSync(join(ROOT, folderOf), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith(inside))
    .map(({ name }) => name)
    .filter((name) => folderOf !== "actions" || !name.endsWith(".ts"))
    .sort();
}

/** Actions of others that only jobs use which do not run here: each is an action that does nothing. */
function stubs(library: string): string[] {
  const workflows = join(library, ".github/workflows");
  const texts = readdirSync(workflows).map((file) => readFileSync(join(workflows, file), "utf8"));
  const found = texts.join("\n").matchAll(/uses: ([\w.-]+\/[\w.-]+)(\/[^@\s]+)?@(\w+)/g);
  const mappings = new Set<string>();
  for (const [, repository = "", path = "", ref = ""] of found) {
    if (standInFor(repository, path)) continue;
    const place = join(folder, "others", repository);
    mkdirSync(join(place, path), { recursive: true });
    const nothing = "{ name: x, runs: { using: composite, steps: [] } }";
    writeFileSync(join(place, path, "action.yml"), nothing);
    mappings.add(`${repository}@${ref}=${place}`);
  }
  return [...mappings].flatMap((mapping) => ["--repo", mapping]);
}

/** The tools that the whole of it runs and this machine has no way to get; undefined when there is none. */
async function lack(signal: AbortSignal): Promise<string | undefined> {
  try {
    for (const name of ["actionlint", "cosign", "gitleaks", "k6", "trivy"] as const) {
      await ensure(name, TOOLS[name].version, openShop({ say: console.log, signal }));
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    if (error.code !== "unsupported" && error.code !== "target-unreachable") throw error;
    return `${error.message}; to run this test, ${error.hint}`;
  }
}

/** Everything that the consumer's workflow says `uses:` of. */
function used(): { actions: string[]; workflows: string[] } {
  const file = join(import.meta.dirname, "everything/.github/workflows/everything.yml");
  const text = readFileSync(file, "utf8");
  expect(parse(text)).toBeTruthy();
  const found = [...text.matchAll(/uses: owner\/sluice\/(\S+)@v1/g)].map(([, path = ""]) => path);
  const below = (start: string) =>
    [
      ...new Set(
        found.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length)),
      ),
    ].sort();
  return { actions: below("actions/"), workflows: below(".github/workflows/") };
}

it("the consumer's workflow uses every action and every workflow", () => {
  const { actions, workflows } = used();
  expect(actions).toEqual(names("actions", "/"));
  expect(workflows).toEqual(names(".github/workflows", ".yml"));
});

it(
  "all of it runs from what a `uses:` downloads, through every gate",
  async (ctx) => {
    const library = exported();
    if (!library) return ctx.skip("this copy is no git checkout");
    const missing = await lack(ctx.signal);
    if (missing) return ctx.skip(missing);
    const dir = join(folder, "greeter");
    cpSync(join(import.meta.dirname, "repository/service"), join(dir, "service"), {
      recursive: true,
    });
    cpSync(join(import.meta.dirname, "everything"), dir, { recursive: true });
    git(folder, "init", "--quiet", "--initial-branch=main", "greeter");
    const sluice = (...args: string[]) =>
      startSluice(args, { cwd: dir, deadlineMs: WHOLE_MS }).ended;
    const service = ["--path", "service", "--start", "node service/main.js", "--no-rehearse"];
    const where = ["--repository", "octo/greeter", "--library", "owner/sluice@v1"];
    expect((await sluice("init", ...service, ...where)).output).toContain("Wrote load/requests.js");
    // Its own workflows are rehearsed elsewhere; here they would only run beside.
    rmSync(join(dir, ".github/workflows/cd.yml"));
    rmSync(join(dir, ".github/workflows/release.yml"));
    git(dir, "add", "--all");
    git(dir, "commit", "--quiet", "--message", "feat: greet");
    git(dir, "tag", "v1.0.0");
    const kit = await sluice("init", "--kit");
    expect(kit.code, kit.output).toBe(0);
    const environment = ["--environment", "environments/rehearsal.yaml"];
    const up = await sluice("site", "up", ...environment, "--detach");
    expect(up.code, up.output).toBe(0);
    // Traffic is what decides: without any, a rollout waits for its deadline.
    const flow = startFlow(/is up at (http:\S+)/.exec(up.output)?.[1] ?? "", 100);
    try {
      const result = join(folder, "result.json");
      const settings = [
        "--secret-file",
        ".sluice/kit/secrets.json",
        "--var-file",
        ".sluice/kit/vars.json",
      ];
      const mapping = ["--repo", `owner/sluice@v1=${library}`, ...stubs(library)];
      const event = ["--event", "push", "--ref", "refs/tags/v1.0.0", "--approve", "always"];
      const ended = await sluice(
        "rehearse",
        "everything",
        ...event,
        ...mapping,
        ...settings,
        "--result",
        result,
      );
      expect(existsSync(result), ended.output).toBe(true);
      const { conclusion, jobs }: Result = JSON.parse(readFileSync(result, "utf8"));
      expect(conclusion, `${JSON.stringify(jobs)}\n${ended.output.slice(-20_000)}`).toBe("success");
      expect(new Set(Object.values(jobs))).toEqual(new Set(["success"]));
      expect(ended.output).toContain("release v1.0.0");
    } finally {
      await flow.stop();
      await sluice("site", "down", ...environment);
    }
  },
  WHOLE_MS,
);
