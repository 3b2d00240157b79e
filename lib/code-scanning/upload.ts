import { gzipSync } from "node:zlib";
import type { Log } from "../action/action.ts";

interface Upload {
  /** The SARIF. */
  text: string;
  /** The program that found it, and the action that uploads it. */
  tool: string;
  action: string;
  token: string | undefined;
  env: NodeJS.ProcessEnv;
  log: Log;
  signal: AbortSignal;
}

/**
 * Gives the SARIF to code scanning. The gate is decided already and does not depend on it: what goes wrong is told
 * as a warning and in the output `sarif-upload`.
 */
export async function uploadSarif(upload: Upload): Promise<string> {
  const { env, log } = upload;
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? "").split("/");
  const { GITHUB_SHA: commit, GITHUB_REF: ref } = env;
  if (!owner || !repo || !commit || !ref) {
    return warn(upload, "not uploaded: GITHUB_REPOSITORY, GITHUB_SHA and GITHUB_REF are not set");
  }
  try {
    const octokit = await client(upload);
    const { data } = await octokit.request("POST /repos/{owner}/{repo}/code-scanning/sarifs", {
      owner,
      repo,
      commit_sha: commit,
      ref,
      sarif: gzipSync(upload.text).toString("base64"),
      tool_name: upload.tool,
      request: { signal: upload.signal },
    });
    log.info(`findings are on their way to code scanning${data.id ? ` as ${data.id}` : ""}`);
    return "uploaded";
  } catch (error) {
    upload.signal.throwIfAborted();
    return warn(upload, explain(error));
  }
}

/** Retries what fails in passing, and waits as long as GitHub asks to, but not for ever. */
async function client({ action, token, env, log }: Upload) {
  // Not @actions/github: it would be half of all that a `uses:` downloads.
  const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-retry"),
    import("@octokit/plugin-throttling"),
  ]);
  const onLimit = (afterSeconds: number, _options: object, _octokit: object, retries: number) => {
    log.info(`GitHub asks to wait ${afterSeconds} s`);
    return retries < MAX_LIMIT_RETRIES && afterSeconds <= MAX_WAIT_SECONDS;
  };
  const Client = Octokit.plugin(retry, throttling);
  return new Client({
    auth: token,
    userAgent: `sluice-${action}`,
    baseUrl: env.GITHUB_API_URL || "https://api.github.com",
    throttle: { onRateLimit: onLimit, onSecondaryRateLimit: onLimit },
  });
}

const MAX_LIMIT_RETRIES = 2;
const MAX_WAIT_SECONDS = 120;

function warn({ log, action }: Upload, message: string): string {
  log.warning(message, { title: `${action}: code scanning` });
  return message;
}

/** What GitHub's answer means for the person who asked for the upload. */
function explain(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && "status" in error ? Number(error.status) : undefined;
  if (
    status === 403 &&
    /advanced security|code scanning is not enabled|code security/i.test(said)
  ) {
    return "not uploaded: this repository's plan has no code scanning, or it is switched off (GitHub Code Security, free for public repositories); set upload-sarif: false, the SARIF file is there all the same";
  }
  if (status === 403) {
    return `not uploaded: the token may not; give the job \`permissions: security-events: write\` (GitHub said: ${said})`;
  }
  if (status === 404) {
    return "not uploaded: GitHub knows no code scanning for this repository: the token cannot see it, or its plan does not have it";
  }
  return `not uploaded: ${status === undefined ? "GitHub cannot be reached" : `GitHub answered ${status}`} (${said})`;
}
