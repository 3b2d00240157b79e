import { createHash } from "node:crypto";
import { join } from "node:path";
import { evaluate, type Scope } from "../language/expression.ts";
import { itemsOf } from "../language/token.ts";
import { toText } from "../language/value.ts";
import type { JobResult } from "../run-event.ts";
import { withValues } from "../runner/javascript-action.ts";
import { searchPath } from "../runner/process-env.ts";
import { type ActionMemory, scopeOf } from "../runner/running-job.ts";
import { runStepProcess, type StepCall } from "../runner/step-process.ts";
import type { ActionDefinition, ActionRuns } from "../workflow/action.ts";
import { ask, type ContainerEngine, containerEngine } from "./engine.ts";

type DockerRuns = Extract<ActionRuns, { kind: "docker" }>;

const BUILD_LIMIT_MS = 30 * 60_000;
const WORKSPACE = "/github/workspace";

/** Runs a container action: its image built or taken, the workspace mounted, the runner's files where they are. */
export async function runContainerAction(
  action: ActionDefinition & { readonly runs: DockerRuns },
  inputs: ReadonlyMap<string, string>,
  memory: Pick<ActionMemory, "state">,
  call: StepCall,
  stage: "pre" | "main" | "post",
): Promise<JobResult> {
  const engine = await containerEngine(searchPath(call.job, call.env), `The action ${action.file}`);
  const { image } = action.runs;
  const built = image.startsWith("docker://")
    ? image.slice("docker://".length)
    : await build(engine, action.folder, image, call);
  if (built === undefined) return "failure";
  const scope: Scope = {
    ...scopeOf(call.job, call.frame, call.env),
    contexts: {
      ...scopeOf(call.job, call.frame, call.env).contexts,
      inputs: Object.fromEntries(inputs),
    },
  };
  // The action's own arguments win over the step's; with its entrypoint it is the other way round.
  const args = action.runs.args
    ? itemsOf(action.runs.args).map((item) => toText(evaluate(item, scope)))
    : words(inputs.get("args") ?? "");
  const entrypoint =
    stage === "main" ? inputs.get("entrypoint") || action.runs.entrypoint : action.runs[stage];
  const extra = new Map<string, string>(withValues(action.runs.env, scope));
  for (const [name, value] of inputs) {
    extra.set(`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value);
  }
  for (const [name, value] of memory.state) extra.set(`STATE_${name}`, value);
  return runImage(engine, { image: built, entrypoint, args, extra }, memory.state, call);
}

/** A step with `uses: docker://image`: its `args` and `entrypoint` stand in `with`. */
export async function runContainerStep(
  image: string,
  given: ReadonlyMap<string, string>,
  call: StepCall,
): Promise<JobResult> {
  const engine = await containerEngine(
    searchPath(call.job, call.env),
    `The step docker://${image}`,
  );
  const extra = new Map([...given].map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  const args = words(given.get("args") ?? "");
  const container = { image, entrypoint: given.get("entrypoint"), args, extra };
  return runImage(engine, container, new Map(), call);
}

/** Splits at spaces outside quotes, as the runner does. */
function words(text: string): string[] {
  const found = text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g);
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

async function build(
  engine: ContainerEngine,
  folder: string,
  file: string,
  call: StepCall,
): Promise<string | undefined> {
  const tag = `sluice-rehearsal-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`;
  call.log.write("runner", `Building ${file} of ${folder} with ${engine.name}`);
  const env = { ...process.env, PATH: searchPath(call.job, call.env) };
  const args = ["build", "--quiet", "--tag", tag, "--file", join(folder, file), folder];
  const { code, err } = await ask(engine.path, args, env, BUILD_LIMIT_MS);
  if (code === 0) return tag;
  call.log.error(`The image could not be built: ${err.trim()}`);
  return undefined;
}

interface Container {
  readonly image: string;
  readonly entrypoint: string | undefined;
  readonly args: readonly string[];
  readonly extra: ReadonlyMap<string, string>;
}

/**
 * The folders of the run are mounted under their own names, so that GITHUB_OUTPUT and its like are right inside, and the
 * workspace under GitHub's name too. The network is the machine's: the rehearsal's GitHub is on loopback.
 */
function runImage(
  engine: ContainerEngine,
  { image, entrypoint, args, extra }: Container,
  state: Map<string, string>,
  call: StepCall,
): Promise<JobResult> {
  const { job } = call;
  const { workspace, temp, eventFile } = job.folders;
  const command = (env: { readonly [name: string]: string }): string[] => [
    "run",
    "--rm",
    "--network=host",
    `--workdir=${WORKSPACE}`,
    `--volume=${workspace}:${WORKSPACE}`,
    ...[workspace, temp].map((path) => `--volume=${path}:${path}`),
    `--volume=${eventFile}:${eventFile}:ro`,
    // By name alone: values do not show in the list of processes.
    ...Object.keys(env)
      .filter((name) => env[name] !== job.hostEnv[name] && name !== "PATH")
      .map((name) => `--env=${name}`),
    ...(entrypoint === undefined || entrypoint === "" ? [] : [`--entrypoint=${entrypoint}`]),
    image,
    ...args,
  ];
  return runStepProcess(
    call,
    { command: engine.path, args: command, cwd: workspace, extra, isOutside: true },
    state,
  );
}
