import { amount, OUTCOME_SIGNS, reasonOf } from "../../lib/evidence/page/words.ts";
import type { ReleaseRecord } from "../../lib/evidence/record.ts";
import type { ReportContext } from "./action.ts";

const ANSWER_TIMEOUT_MS = 10_000;

/** Slack cuts longer messages itself; this keeps the figures, which come last, in sight. */
const MAX_REASON_CHARACTERS = 600;

/**
 * Posts the outcome. Whatever goes wrong is a warning that never shows the address: it is the secret, and an
 * error's own message may contain it.
 */
export async function tellSlack(
  webhook: string,
  release: ReleaseRecord,
  { log, signal, env }: Pick<ReportContext, "log" | "signal" | "env">,
): Promise<void> {
  const url = webhookUrl(webhook);
  if (url === undefined) {
    log.warning("slack-webhook is no https address; nobody was told");
    return;
  }
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: message(release, env) }),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    await answer.body?.cancel();
    if (answer.ok) log.info("the webhook was told");
    else log.warning(`the webhook answered ${answer.status}; nobody was told`);
  } catch (error) {
    log.warning(`the webhook could not be reached (${codeOf(error)}); nobody was told`);
  }
}

/** https, or http to this machine itself. */
function webhookUrl(text: string): URL | undefined {
  const url = URL.parse(text.trim());
  if (url === null) return undefined;
  const isLoopback = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback) ? url : undefined;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string")
    return cause.code;
  return error.name;
}

/** In Slack's own markup, with what came from elsewhere made harmless. */
export function message(release: ReleaseRecord, env: NodeJS.ProcessEnv): string {
  const { version, outcome, traffic, rollout } = release;
  const { sign, word } = OUTCOME_SIGNS[outcome];
  const toZero = rollout?.secondsToZero ?? null;
  const figures = [
    `${amount(traffic.requests)} requests`,
    `${amount(traffic.failed)} failed`,
    `${amount(traffic.lost)} lost`,
    ...(toZero === null ? [] : [`to zero in ${toZero} s`]),
  ];
  const reason = reasonOf(release).slice(0, MAX_REASON_CHARACTERS);
  return [
    `${sign} *${plain(version)}* ${word}`,
    plain(reason),
    figures.join(" · "),
    ...runLink(env),
  ].join("\n");
}

function plain(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[*_~`]/g, " ");
}

function runLink({
  GITHUB_SERVER_URL,
  GITHUB_REPOSITORY,
  GITHUB_RUN_ID,
}: NodeJS.ProcessEnv): string[] {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return [];
  return [`<${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}|the run>`];
}
