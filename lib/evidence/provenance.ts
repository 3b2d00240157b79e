import type { Candidate } from "./candidate.ts";
import { PREDICATE, type Statement, statementOf } from "./statement.ts";

/** https://actions.github.io/buildtypes/workflow/v1: what the parameters below mean. */
const WORKFLOW_BUILD = "https://actions.github.io/buildtypes/workflow/v1";
/** A build by hand: it says what was built from which commit, and vouches for nothing else. */
const LOCAL_BUILD = "urn:sluice:build:v1";

/**
 * Where a candidate's bytes come from, in SLSA v1 form (https://slsa.dev/spec/v1.1/provenance): the workflow, the
 * run and the commit, as `env` (GITHUB_*) tells them; outside a workflow, the commit alone.
 */
export function provenanceOf(candidate: Candidate, env: NodeJS.ProcessEnv): Statement {
  const [artifact] = candidate.artifacts;
  if (artifact === undefined) throw new RangeError("a candidate has at least one artifact");
  return statementOf({
    predicateType: PREDICATE.provenance,
    subject: { name: artifact.uri, digest: artifact.digest },
    predicate: { buildDefinition: definition(candidate, env), runDetails: runDetails(env) },
  });
}

function definition(candidate: Candidate, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const { GITHUB_REPOSITORY: repository, GITHUB_REF: ref = "" } = env;
  const at = `git+${repositoryUrl(env) ?? "file:."}`;
  const resolvedDependencies = [
    { uri: ref === "" ? at : `${at}@${ref}`, digest: { gitCommit: candidate.commit } },
  ];
  const named = { name: candidate.name, version: candidate.version };
  if (repository === undefined) {
    return { buildType: LOCAL_BUILD, externalParameters: { named }, resolvedDependencies };
  }
  return {
    buildType: WORKFLOW_BUILD,
    externalParameters: {
      workflow: { ref, repository: repositoryUrl(env), path: workflowPath(env) },
      named,
    },
    internalParameters: {
      github: {
        event_name: env.GITHUB_EVENT_NAME ?? "",
        repository_id: env.GITHUB_REPOSITORY_ID ?? "",
        repository_owner_id: env.GITHUB_REPOSITORY_OWNER_ID ?? "",
        runner_environment: env.RUNNER_ENVIRONMENT ?? "",
      },
    },
    resolvedDependencies,
  };
}

function runDetails(env: NodeJS.ProcessEnv): Record<string, unknown> {
  const repository = repositoryUrl(env);
  const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt = "1" } = env;
  if (repository === undefined || run === undefined) return { builder: { id: "urn:sluice:local" } };
  return {
    builder: { id: `${env.GITHUB_SERVER_URL}/${env.GITHUB_WORKFLOW_REF ?? ""}` },
    metadata: { invocationId: `${repository}/actions/runs/${run}/attempts/${attempt}` },
  };
}

function repositoryUrl(env: NodeJS.ProcessEnv): string | undefined {
  if (!env.GITHUB_REPOSITORY || !env.GITHUB_SERVER_URL) return undefined;
  return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`;
}

/** `owner/repo/.github/workflows/release.yml@refs/tags/v1` → `.github/workflows/release.yml`. */
function workflowPath(env: NodeJS.ProcessEnv): string {
  const [path = ""] = (env.GITHUB_WORKFLOW_REF ?? "").split("@");
  return path.replace(`${env.GITHUB_REPOSITORY}/`, "");
}
