import type { Holder } from "./target.ts";

/**
 * Who this process is, as the one who holds a rollout. A re-run of the same job of the same run has the same
 * key, and may take over what its killed predecessor held: GitHub never runs both at once.
 */
export function holderOf(env: NodeJS.ProcessEnv, pid: number): Holder {
  const { GITHUB_RUN_ID, GITHUB_JOB } = env;
  if (!GITHUB_RUN_ID || !GITHUB_JOB) {
    const user = env.USER ?? env.LOGNAME ?? "somebody";
    return { key: `process/${pid}`, description: `${user}'s process ${pid}` };
  }
  const repository = env.GITHUB_REPOSITORY ?? "unknown";
  const attempt = env.GITHUB_RUN_ATTEMPT ?? "1";
  return {
    key: `${repository}/${GITHUB_RUN_ID}/${GITHUB_JOB}`,
    description: `${repository} ${env.GITHUB_WORKFLOW ?? "workflow"} run ${GITHUB_RUN_ID} job ${GITHUB_JOB} (attempt ${attempt})`,
  };
}
