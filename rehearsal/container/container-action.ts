import { createHash, randomUUID } from "node:crypto";
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
import { ask, type ContainerEngine, containerEngine, engineEnvironment } from "./engine.ts";
import { imageFor } from "./image.ts";
import { MARK, RUN_NAME } from "./left-behind.ts";
import { HOME_INSIDE, sharedMounts, variablesInside, WORKSPACE_INSIDE } from "./place.ts";
import { removeContainers } from "./remove.ts";
import { passed } from "./variables.ts";

type DockerRuns = Extract<ActionRuns, { kind: "docker" }>;

const BUILD_LIMIT_MS = 30 * 60_000;

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
    ? await imageFor(engine, engineEnvironment(searchPath(call.job, call.env)), image)
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
  const name = await imageFor(engine, engineEnvironment(searchPath(call.job, call.env)), image);
  const container = { image: name, entrypoint: given.get("entrypoint"), args, extra };
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
  const hash = createHash("sha256").update(join(folder, file)).digest("hex").slice(0, 12);
  const tag = `sluice-rehearsal-${RUN_NAME}-${hash}`;
  call.log.write("runner", `Building ${file} of ${folder} with ${engine.name}`);
  const env = engineEnvironment(searchPath(call.job, call.env));
  const options = ["--quiet", `--label=${MARK}`, "--tag", tag, "--file", join(folder, file)];
  const { code, out, err } = await ask(engine.path, ["build", ...options, folder], env, {
    limitMs: BUILD_LIMIT_MS,
    signal: call.signal,
  });
  if (code === 0) return tag;
  call.log.error(`The image could not be built: ${(err.trim() || out.trim()).slice(-4_000)}`);
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
async function runImage(
  engine: ContainerEngine,
  { image, entrypoint, args, extra }: Container,
  state: Map<string, string>,
  call: StepCall,
): Promise<JobResult> {
  const { job } = call;
  const { workspace, eventFile } = job.folders;
  const name = `sluice-step-${randomUUID().slice(0, 8)}`;
  const own = engineEnvironment(searchPath(job, call.env));
  const invocation = (env: { readonly [name: string]: string }) => {
    const inside = new Map(variablesInside(env, call));
    inside.set("HOME", HOME_INSIDE).set("GITHUB_WORKSPACE", WORKSPACE_INSIDE);
    const variables = passed(inside, own);
    const options = [
      "--rm",
      `--name=${name}`,
      `--label=${MARK}`,
      "--network=host",
      `--workdir=${WORKSPACE_INSIDE}`,
      ...sharedMounts(job),
      `--volume=${eventFile}:${eventFile}:ro`,
      ...variables.args,
      ...(entrypoint === undefined || entrypoint === "" ? [] : [`--entrypoint=${entrypoint}`]),
    ];
    return { args: ["run", ...options, image, ...args], env: variables.env };
  };
  const environment = new Map([...Object.entries(job.access.actions), ...extra]);
  try {
    const process_ = { command: engine.path, cwd: workspace, extra: environment, invocation };
    return await runStepProcess(call, process_, state);
  } finally {
    // Who is killed can't take its container along.
    if (call.signal.aborted || job.kill.aborted) await removeContainers(engine, own, [name]);
  }
}
