import { type Command, InvalidArgumentError, Option } from "commander";
import { type ApiFault, parseApiFault } from "../rehearsal/api/api-fault.ts";
import type { Repository } from "../rehearsal/event/repository.ts";
import { type Moment, parseMoment } from "../rehearsal/run/disturbance.ts";
import type { ApproveMode } from "../rehearsal/run/environment.ts";
import type { RepositoryMapping } from "../rehearsal/workflow/source-tree.ts";
import { readMapping } from "./repository-mapping.ts";

export interface RehearseArguments {
  readonly dir: string;
  readonly event?: string;
  readonly eventFile?: string;
  readonly ref?: string;
  readonly input: ReadonlyMap<string, string>;
  readonly secret: readonly string[];
  readonly secretFile?: string;
  readonly varFile?: string;
  readonly repo: readonly RepositoryMapping[];
  readonly runner: readonly (readonly string[])[];
  readonly approve?: ApproveMode;
  readonly environments?: string;
  readonly json?: boolean;
  readonly result?: string;
  readonly plan?: boolean;
  readonly list?: boolean;
  readonly job?: string;
  readonly from?: string;
  readonly watch?: boolean;
  readonly network: "all" | "loopback" | "none";
  readonly realTime?: boolean;
  readonly apiFault: readonly ApiFault[];
  readonly apiLimit?: number;
  readonly page?: string;
  readonly rerun?: string;
  readonly cancelAfter?: Moment;
  readonly loseRunner?: Moment;
  readonly scenario?: boolean;
  readonly keep?: boolean;
  readonly debug?: boolean;
}

export function register(program: Command): void {
  program
    .command("rehearse")
    .description("run workflow files on this machine, as GitHub would")
    .argument("[workflow]", "a file in .github/workflows; without it, all that the event starts")
    .option("--dir <path>", "the repository", ".")
    .option("--event <name>", "the event, like push or workflow_dispatch")
    .option("--event-file <file>", "a JSON payload; what it leaves out is filled in")
    .option("--ref <ref>", "the branch or tag, like main or refs/tags/v1.2.3")
    .option(
      "--input <name=value>",
      "an input of workflow_dispatch (repeatable)",
      readInput,
      new Map(),
    )
    .option(
      "--secret <name>",
      "a secret whose value is the environment's variable of that name (repeatable)",
      (name: string, known: string[]) => [...known, name],
      [] as string[],
    )
    .option("--secret-file <file>", "secrets as NAME=value lines, or JSON")
    .option("--var-file <file>", "variables as NAME=value lines, or JSON")
    .option(
      "--repo <owner/repo@ref=path>",
      "where another repository is on this machine (repeatable)",
      readMapping,
      [] as RepositoryMapping[],
    )
    .option(
      "--runner <labels>",
      "a self-hosted runner that there is, like self-hosted,linux (repeatable); others are then missed",
      readLabels,
      [] as string[][],
    )
    .option(
      "--approve <mode>",
      "who approves environments: always, ask, never, or api: who calls GitHub's API",
      readMode,
    )
    .option("--real-time", "wait as long as the environments' wait timers say")
    .option(
      "--environments <file>",
      "reviewers, decisions, secrets, vars, wait timers and rules of environments, as JSON",
    )
    .option("--json", "print what happens as JSON, a line each")
    .option("--result <file>", "write the conclusion, the jobs' results and outputs as JSON")
    .option(
      "--page <file>",
      "write a page about the run: graph, timeline, logs, summaries, approvals",
    )
    .option(
      "--rerun <file>",
      "run again what failed in the run whose --result this is, and keep the rest",
    )
    .option(
      "--from <job>",
      "with --rerun: run this job again and what needs it, and keep the others as they ended",
    )
    .option("--job <job>", "run this job alone, with what it needs: job, or caller/job")
    .option("--plan", "show what would run, and run nothing")
    .option("--list", "show every job and step, and why it would run or not; run nothing")
    .option("--watch", "rehearse again whenever a file of the repository changes")
    .addOption(
      new Option("--network <reach>", "what jobs can reach: loopback alone, or all")
        .choices(["all", "loopback", "none"])
        .default("all"),
    )
    .option(
      "--api-fault <fault>",
      "let GitHub's API fail: 'POST *releases=502x2', or =drop, =rate-limit, =slow:5s (repeatable)",
      readApiFault,
      [] as ApiFault[],
    )
    .option("--api-limit <requests>", "after how many requests the API refuses more", readCount)
    .option(
      "--scenario",
      "rehearse Sluice's own story: a good release, then a bad one that is pulled back",
    )
    .option("--keep", "keep the jobs' workspaces in the system's temp folder")
    .option(
      "--cancel-after <job/step>",
      "cancel the run after this step; +5s: so much later",
      readMoment,
    )
    .option(
      "--lose-runner <job/step>",
      "lose the job's runner when this step starts; +5s: so much later",
      readMoment,
    )
    .option("--debug", "show debug messages, as ACTIONS_STEP_DEBUG does")
    .action(async (workflow: string | undefined, options: RehearseArguments) => {
      if (options.scenario) {
        const { runScenario } = await import("./scenario.ts");
        await runScenario(options);
        return;
      }
      const repository = await askGitEarly(options);
      const { runRehearsal } = await import("./rehearsal-session.ts");
      process.exitCode = await runRehearsal(workflow, options, repository);
    });
}

/** Git answers while the rest is loaded; who rehearses again and again asks each time. */
async function askGitEarly({
  dir,
  network,
  watch,
}: RehearseArguments): Promise<{ readonly answer: Promise<Repository> } | undefined> {
  if (network !== "all" || watch) return undefined;
  const [{ realpath }, { readRepository }] = await Promise.all([
    import("node:fs/promises"),
    import("../rehearsal/event/repository.ts"),
  ]);
  const folder = await realpath(dir).catch(() => undefined);
  return folder === undefined ? undefined : { answer: readRepository(folder) };
}

function readInput(text: string, known: ReadonlyMap<string, string>): Map<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`'${text}' is given; name=value is accepted.`);
  return new Map([...known, [text.slice(0, at).trim(), text.slice(at + 1)]]);
}

function readLabels(text: string, known: string[][]): string[][] {
  const labels = text.split(",").map((label) => label.trim());
  if (labels.every((label) => label !== "")) return [...known, labels];
  throw new InvalidArgumentError(`'${text}' is given; label,label is accepted.`);
}

function readMoment(text: string): Moment {
  try {
    return parseMoment(text);
  } catch (error) {
    throw new InvalidArgumentError(
      error instanceof Error ? `${error.message}.` : "job/step is accepted.",
    );
  }
}

function readMode(text: string): ApproveMode {
  if (text === "always" || text === "ask" || text === "never" || text === "api") return text;
  throw new InvalidArgumentError(`'${text}' is given; always, ask, never or api is accepted.`);
}

function readApiFault(text: string, known: ApiFault[]): ApiFault[] {
  try {
    return [...known, parseApiFault(text)];
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? `${error.message}.` : "");
  }
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError(`'${text}' is given; a whole number above 0 is accepted.`);
}
