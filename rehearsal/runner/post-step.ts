import { conditionFrom, isMet } from "../language/condition.ts";
import type { JobResult } from "../run-event.ts";
import { type PostStep, type RunningJob, scopeOf } from "./running-job.ts";
import { tellError } from "./step.ts";
import type { StepLog } from "./step-log.ts";
import { StepSignal } from "./step-signal.ts";

/** Runs the post stage of an action, if its `post-if` holds. */
export async function runPost(
  job: RunningJob,
  post: PostStep,
  log: StepLog,
  outer?: AbortSignal,
): Promise<JobResult> {
  const wanted = (): boolean =>
    isMet(
      conditionFrom(post.condition),
      scopeOf(job, { ...post.frame, embedded: false }, post.env),
    );
  const signal = new StepSignal(job, () => true, outer, 0);
  try {
    if (!wanted()) return "skipped";
    return await post.run(log, signal.signal);
  } catch (error) {
    tellError(log, error);
    return "failure";
  } finally {
    signal.end();
  }
}

/** The post stages inside a composite action are one step of the job: the last registered runs first. */
export async function runPosts(
  job: RunningJob,
  posts: PostStep[],
  log: StepLog,
  signal: AbortSignal,
): Promise<JobResult> {
  let result: JobResult = "success";
  for (let post = posts.pop(); post; post = posts.pop()) {
    const ended = await runPost(job, post, log, signal);
    if (ended === "failure" || (ended === "cancelled" && result === "success")) result = ended;
  }
  return result;
}
