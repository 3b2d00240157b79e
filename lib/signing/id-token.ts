import { z } from "zod";
import { SluiceError } from "../error.ts";

/** A job's proof of who it is, and what it will be called in a certificate. */
export interface IdToken {
  token: string;
  identity: string;
  issuer: string;
}

const Claims = z.object({
  iss: z.url(),
  sub: z.string().min(1),
  email: z.string().optional(),
  /** GitHub's: the workflow file that runs, a reusable one where it is one, with its ref. */
  job_workflow_ref: z.string().optional(),
});

const REQUEST_MS = 30_000;

/** Asks the runner for a token for Sigstore. Throws `invalid-input` where the job has no such right. */
export async function requestIdToken(
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<IdToken> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  if (env.SIGSTORE_ID_TOKEN) return readIdToken(env.SIGSTORE_ID_TOKEN, env);
  if (!url || !bearer) {
    throw new SluiceError(
      "invalid-input",
      "there is no key, and this job has no identity to sign with",
      {
        hint: "give the job `permissions: id-token: write`, or give `key: env://NAME`",
      },
    );
  }
  const asked = new URL(url);
  asked.searchParams.set("audience", "sigstore");
  return readIdToken(await ask(asked, bearer, signal), env);
}

async function ask(url: URL, bearer: string, signal?: AbortSignal): Promise<string> {
  const limit = AbortSignal.timeout(REQUEST_MS);
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${bearer}`, accept: "application/json" },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return z.object({ value: z.string() }).parse(await response.json()).value;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new SluiceError(
      "transparency-log-unavailable",
      `nothing was signed: the OIDC issuer at ${url.host} gives no token`,
      { hint: "run the job again; nothing was signed", cause },
    );
  }
}

/** Not checked here: the certificate authority does, and the certificate is checked afterwards. */
function readIdToken(token: string, env: NodeJS.ProcessEnv): IdToken {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
  const claims = Claims.safeParse(parseJson(payload));
  // Its text is not shown, nor is anything of it: who has it is this job.
  if (!claims.success) throw new SluiceError("signing-failed", "the OIDC token cannot be read");
  const { iss, sub, email, job_workflow_ref: workflow } = claims.data;
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  const identity = workflow === undefined ? (email ?? sub) : `${server}/${workflow}`;
  return { token, identity, issuer: iss };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
