import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { SluiceError } from "../../lib/error.ts";
import type { InitArguments } from "../init.ts";
import { ownReference } from "./library.ts";
import { hasLockFile } from "./lock-file.ts";
import { branchOf, repositoryOf } from "./repository.ts";

/** Everything that the written files depend on. */
export interface Answers {
  readonly name: string;
  /** Words of a command, as they run at the archive's root. */
  readonly start: readonly string[];
  readonly path: string;
  readonly command: string;
  readonly environment: string;
  readonly listen: string;
  readonly health: string;
  /** A path that users ask for: the smoke check and the load test ask for it too. */
  readonly request: string;
  readonly runsOn: string;
  /** The branch whose pushes go to staging. */
  readonly branch: string;
  /** `OWNER/NAME` on GitHub, in whose name releases are signed. */
  readonly repository: string;
  /** Whether what is packed has a lock file. */
  readonly isPinned: boolean;
  readonly library: Library;
}

export interface Library {
  readonly repository: string;
  readonly ref: string;
}

/** Asks a person one thing; the answer may be empty. */
export type AskLine = (question: string) => Promise<string>;

interface PackageFile {
  readonly name?: string;
  readonly main?: string;
  readonly scripts?: { readonly [name: string]: string };
  readonly dependencies?: { readonly [name: string]: string };
}

/** What flags say, else what the repository shows, else what a person answers; all that is missing is told at once. */
export async function readAnswers(args: InitArguments, ask: AskLine | undefined): Promise<Answers> {
  const path = args.path ?? ".";
  const pack = readPackage(join(args.dir, path)) ?? readPackage(args.dir);
  const missing: string[] = [];
  const need = async (
    flag: string,
    question: string,
    known: string | undefined,
  ): Promise<string> => {
    const answer = known || (await ask?.(question)) || "";
    if (answer.trim() === "") missing.push(flag);
    return answer.trim();
  };
  const start = await need(
    "--start <command>",
    "How is the service started, e.g. node server.js?",
    args.start ?? startOf(pack),
  );
  const library = await need(
    "--library owner/sluice@ref",
    "Where does GitHub find Sluice, as owner/sluice@ref?",
    args.library ?? ownReference(),
  );
  const repository = await need(
    "--repository owner/name",
    "Which repository on GitHub is this, as owner/name? Releases are signed in its name.",
    args.repository ?? repositoryOf(args.dir),
  );
  if (missing.length > 0) {
    throw new SluiceError(
      "invalid-input",
      `Nobody said, and the repository does not show: ${missing.join(", ")}`,
      {
        hint: "Give what is missing as flags; nothing was written.",
      },
    );
  }
  return checked({
    name: args.name ?? plainName(pack?.name ?? basename(args.dir)),
    start: start.split(/\s+/),
    path,
    command: args.command ?? buildCommand(join(args.dir, path), pack, start),
    environment: args.environment,
    listen: args.listen,
    health: args.health ?? "/health",
    request: args.request,
    runsOn: args.runsOn,
    branch: branchOf(args.dir) ?? "main",
    repository,
    isPinned: hasLockFile(join(args.dir, path)),
    library: parseLibrary(library),
  });
}

function readPackage(dir: string): PackageFile | undefined {
  const file = join(dir, "package.json");
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as PackageFile;
  } catch (cause) {
    throw new SluiceError("invalid-input", `${file} is no JSON`, { cause });
  }
}

/** A start script that is one plain command; a shell's would need the shell. */
function startOf(pack: PackageFile | undefined): string | undefined {
  const script = pack?.scripts?.start;
  if (script !== undefined && /^[\w./@:=-]+( [\w./@:=-]+)*$/.test(script)) return script;
  return pack?.main === undefined ? undefined : `node ${pack.main}`;
}

function plainName(name: string): string {
  return (
    name
      .replace(/^@[^/]+\//, "")
      .replace(/[^\w.-]+/g, "-")
      .replace(/^[-.]+/, "") || "service"
  );
}

/** What has to run before the archive is packed: the dependencies, or a look at the syntax. */
function buildCommand(dir: string, pack: PackageFile | undefined, start: string): string {
  if (existsSync(join(dir, "package-lock.json"))) {
    const build = pack?.scripts?.build
      ? "npm ci --ignore-scripts && npm run build && npm prune --omit=dev"
      : "npm ci --omit=dev --ignore-scripts";
    return build;
  }
  const file = /^node (\S+\.[cm]?js)$/.exec(start)?.[1];
  return file === undefined ? "true" : `node --check ${file}`;
}

function parseLibrary(text: string): Library {
  const match = /^([\w.-]+\/[\w.-]+)@([\w./-]+)$/.exec(text);
  const [, repository, ref] = match ?? [];
  if (repository !== undefined && ref !== undefined) return { repository, ref };
  throw new SluiceError(
    "invalid-input",
    `--library '${text}' is given; owner/sluice@ref is accepted`,
  );
}

/** These words come to stand in YAML and in names of files. */
function checked(answers: Answers): Answers {
  const faults = [
    /^[\w.-]+$/.test(answers.name) ? "" : `--name '${answers.name}': letters, digits, . _ and -`,
    /^[a-z0-9][\w-]*$/i.test(answers.environment)
      ? ""
      : `--environment '${answers.environment}': letters, digits, _ and -`,
    /^[^\s:]+:\d{1,5}$/.test(answers.listen) ? "" : `--listen '${answers.listen}': host:port`,
    answers.health.startsWith("/") ? "" : `--health '${answers.health}': a path that begins with /`,
    /^[\w.-]+$/.test(answers.runsOn) ? "" : `--runs-on '${answers.runsOn}': one label`,
    /^[\w./-]+$/.test(answers.path) && !answers.path.split("/").includes("..")
      ? ""
      : `--path '${answers.path}': a folder of the repository`,
    /[\n"]/.test(answers.command) ? "--command: one line without double quotes" : "",
    ["rehearsal", "staging"].includes(answers.environment)
      ? `--environment '${answers.environment}': rehearsal.yaml and staging.yaml are written beside it`
      : "",
    /^[\w.-]+\/[\w.-]+$/.test(answers.repository)
      ? ""
      : `--repository '${answers.repository}': owner/name`,
    /^\/[\w./?=&%~-]*$/.test(answers.request)
      ? ""
      : `--request '${answers.request}': a path that begins with /`,
  ].filter((fault) => fault !== "");
  if (faults.length === 0) return answers;
  throw new SluiceError("invalid-input", `Not accepted: ${faults.join("; ")}`);
}
