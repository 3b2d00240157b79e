import { deploy } from "../../actions/deploy/deploy.ts";
import { createLog } from "../../lib/action/log.ts";
import { createSummary } from "../../lib/action/summary.ts";
import type { PlaceableRelease } from "../../lib/targets/target.ts";

/** What deploy gave or threw, said and summarised, without a process around it. */
export async function deployInProcess(
  environmentFile: string,
  release: PlaceableRelease,
  more: { shadow?: boolean; env?: NodeJS.ProcessEnv } = {},
) {
  let log = "";
  const { summary, text } = createSummary();
  const { archivePath: archive, digest, version, commit } = release;
  const result = await deploy({
    inputs: {
      "environment-file": environmentFile,
      ...{ archive, digest, version, commit },
      bundle: undefined,
      smoke: true,
      shadow: more.shadow ?? true,
      timeout: undefined,
    },
    log: createLog((said) => {
      log += said;
    }, {}),
    summary,
    signal: new AbortController().signal,
    env: { GITHUB_RUN_ID: "1", GITHUB_JOB: "deploy", ...more.env },
  }).then(
    (outputs) => ({ outputs, error: undefined }),
    (error: unknown) => ({ outputs: undefined, error }),
  );
  return { ...result, log, summary: text() };
}
