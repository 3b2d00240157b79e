import { appendTo } from "./command-file.ts";
import type { Call } from "./main-phase.ts";
import { reportError } from "./report-error.ts";
import { savedState } from "./state.ts";
import { createSummary, fitSummary } from "./summary.ts";

/** What an action does at the end of the job, with what its run saved. */
export async function runPost({ action, log, signal, env, deadEnd }: Call): Promise<number> {
  const { summary, text } = createSummary();
  const state = savedState(action.state, env);
  try {
    await Promise.race([action.post?.({ state, log, summary, signal, env }), deadEnd]);
    return 0;
  } catch (error) {
    reportError(`${action.name} (post)`, error, log);
    return 1;
  } finally {
    appendTo(env.GITHUB_STEP_SUMMARY, fitSummary(text(), log));
  }
}
