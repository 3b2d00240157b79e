import { randomUUID } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { copyOf } from "../api/git/copy.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import { property } from "../language/token.ts";
import { toText } from "../language/value.ts";
import { withValues } from "../runner/javascript-action.ts";
import { Masks, valuesToHide } from "../runner/mask.ts";
import { ProblemMatchers } from "../runner/problem-matcher.ts";
import type { JobContexts, RunningJob, Texts, Values } from "../runner/running-job.ts";
import type { ServiceAccess } from "../service/run-service.ts";
import { accessTo, type Permissions } from "../workflow/permission.ts";
import type { StepsJob } from "../workflow/workflow.ts";
import { gitAccess } from "./git-access.ts";
import { claimsOf } from "./job-claims.ts";
import { jobContexts } from "./job-contexts.ts";
import type { Leg } from "./job-matrix.ts";

/** A job that runs no action and asks for no identity needs none of GitHub's services. */
export async function admit(
  leg: Leg,
  definition: StepsJob,
  environment: string,
  permissions: Permissions,
): Promise<ServiceAccess> {
  const mayIdentify = accessTo(permissions, "id-token") === "write";
  if (!mayIdentify && !definition.steps.some((step) => step.kind === "uses")) {
    return { everyStep: {}, actions: {}, secrets: [] };
  }
  const service = await leg.run.setting.service();
  const claims = mayIdentify ? claimsOf(leg, environment) : undefined;
  return service.admit(toText(leg.run.github.run_id), leg.path, claims);
}

/** Gives a job its folders, contexts and environment. */
export async function placeJob(
  leg: Leg,
  definition: StepsJob,
  given: {
    environment: string;
    access: ServiceAccess;
    token: string;
    cancel: AbortSignal;
    force: AbortSignal;
  },
): Promise<RunningJob> {
  const { run } = leg;
  const { environment, access, token, cancel, force } = given;
  const { setting } = run;
  const lost = setting.disturbances.lost(leg.path);
  const folders = await makeFolders(leg);
  const contexts = jobContexts(leg, definition, { environment, token, folders });
  const env = ownEnv(leg, definition, contexts);
  return {
    path: leg.path,
    emit: (happening) => {
      if (!lost.aborted) setting.emit(happening);
    },
    masks: new Masks([
      ...setting.secrets,
      ...valuesToHide(contexts.secrets),
      token,
      ...access.secrets,
    ]),
    matchers: new ProblemMatchers(),
    folders,
    contexts,
    hostEnv: { ...setting.hostEnv, ...(await gitEnv(leg, token)) },
    env,
    extraPath: [],
    defaults: defaultsOf(leg, definition, {
      contexts: { ...contexts, env: Object.fromEntries(env) },
    }),
    access,
    trackingId: `github_${randomUUID()}`,
    tree: run.loaded.tree,
    checkoutRoot: setting.event.repository.root,
    origin: () => copyOf(setting.hub),
    mappings: setting.mappings,
    artifacts: setting.artifacts,
    caches: setting.caches,
    timing: setting.timing,
    cancel,
    force,
    lost,
    kill: AbortSignal.any([force, lost]),
    leftOpen: [],
    about: aboutJob(leg),
    container: undefined,
    services: {},
    status: "success",
    nextStep: 1,
  };
}

/** The workflow's variables, then the job's: each may speak of those before it. */
function ownEnv({ run }: Leg, definition: StepsJob, contexts: JobContexts): Map<string, string> {
  const env = new Map<string, string>();
  for (const variables of [run.loaded.workflow.env, definition.env]) {
    const scope = { contexts: { ...contexts, env: Object.fromEntries(env) } };
    for (const [name, value] of withValues(variables, scope)) env.set(name, value);
  }
  return env;
}

/** Lets git reach this repository and the mapped ones where GitHub has them. */
async function gitEnv({ run: { setting } }: Leg, token: string): Promise<Texts> {
  const { url } = await setting.service();
  const mapped = setting.mappings.map(({ repository }) => repository);
  return gitAccess(url, [setting.event.repository.fullName, ...mapped], token);
}

/** The file that defines the job: a called workflow's own, where `github.workflow_ref` is the caller's. */
function aboutJob({ run, path: jobPath }: Leg): Values {
  const { workflow, tree } = run.loaded;
  const path = workflow.file.slice(Math.max(workflow.file.indexOf(".github/workflows/"), 0));
  const isOwn = tree.repository === toText(run.github.repository);
  const ref = isOwn ? toText(run.github.ref) : tree.ref;
  const id = run.setting.hub.jobs.get(jobPath)?.id;
  return {
    ...(id === undefined ? {} : { check_run_id: id }),
    workflow_ref: `${tree.repository}/${path}@${ref}`,
    workflow_sha: isOwn ? toText(run.github.sha) : tree.sha,
    workflow_repository: tree.repository,
    workflow_file_path: path,
  };
}

function defaultsOf(leg: Leg, definition: StepsJob, scope: Scope): RunningJob["defaults"] {
  const read = (name: string): string => {
    for (const token of [definition.defaults, leg.run.loaded.workflow.defaults]) {
      const value = property(property(token, "run"), name);
      if (value) return toText(evaluate(value, scope));
    }
    return "";
  };
  const shell = read("shell");
  const workingDirectory = read("working-directory");
  return {
    ...(shell === "" ? {} : { shell }),
    ...(workingDirectory === "" ? {} : { workingDirectory }),
  };
}

async function makeFolders(leg: Leg): Promise<RunningJob["folders"]> {
  const { setting, github } = leg.run;
  const folder = join(
    setting.folder,
    "jobs",
    `${leg.path.replace(/[^\w.-]+/g, "_").slice(0, 100)}-${randomUUID().slice(0, 8)}`,
  );
  const repository = toText(github.repository).split("/")[1] || "repository";
  const paths = {
    workspace: join(folder, repository, repository),
    temp: join(folder, "_temp"),
    toolCache: join(setting.folder, "tools"),
  };
  for (const path of Object.values(paths)) await mkdir(path, { recursive: true });
  return { ...paths, workspace: await realpath(paths.workspace), eventFile: setting.eventFile };
}
