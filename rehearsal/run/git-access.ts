import type { Texts } from "../runner/running-job.ts";

/**
 * Lets git find the rehearsal's repositories where `https://github.com` has them: the real actions/checkout,
 * and a step that writes an address out, come to this machine. Every other address stays what it is.
 */
export function gitAccess(
  serviceUrl: string,
  repositories: readonly string[],
  token: string,
): Texts {
  const base = serviceUrl.replace("://", `://x-access-token:${token}@`);
  const entries = [...new Set(repositories)].flatMap((repository) =>
    ["https://github.com/", `https://x-access-token:${token}@github.com/`, "git@github.com:"].map(
      (from) => [`url.${base}/git/${repository}.insteadOf`, `${from}${repository}`] as const,
    ),
  );
  const pairs = entries.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(pairs) };
}
