import type { SmokeCheck } from "../../lib/environment/environment.ts";
import { causes, SluiceError } from "../../lib/error.ts";
import type { Instance, Placement } from "../../lib/targets/target.ts";

export interface SmokeResult {
  check: string;
  instance: string;
  /** Undefined when it passed. */
  problem: string | undefined;
  tookMs: number;
}

/** What of an unexpected answer is shown. */
const MAX_SHOWN_CHARACTERS = 200;

/** Every check against every instance of the placed candidate, one after the other per instance. */
export async function smoke(
  placement: Placement,
  checks: readonly SmokeCheck[],
  signal: AbortSignal,
): Promise<SmokeResult[]> {
  const perInstance = await Promise.all(
    placement.instances.map(async (instance) => {
      const results: SmokeResult[] = [];
      for (const check of checks) results.push(await tryOne(instance, check, signal));
      return results;
    }),
  );
  return perInstance.flat();
}

/** Throws `smoke-failed` with every check that failed. */
export function mustPass(results: readonly SmokeResult[], version: string): void {
  const failed = results.filter((result) => result.problem !== undefined);
  if (failed.length === 0) return;
  const told = failed.map(({ check, instance, problem }) => `${check} on ${instance}: ${problem}`);
  throw new SluiceError(
    "smoke-failed",
    `${failed.length} of ${results.length} smoke checks of ${version} failed: ${told.join("; ")}`,
    { hint: "the candidate was taken off its slot again and never had traffic; look at its logs" },
  );
}

async function tryOne(
  instance: Instance,
  check: SmokeCheck,
  signal: AbortSignal,
): Promise<SmokeResult> {
  const startedMs = performance.now();
  const problem = await problemOf(instance, check, signal);
  return {
    check: check.name,
    instance: instance.name,
    problem,
    tookMs: performance.now() - startedMs,
  };
}

async function problemOf(
  instance: Instance,
  check: SmokeCheck,
  signal: AbortSignal,
): Promise<string | undefined> {
  const base = check.port === "metrics" ? instance.metricsUrl : instance.url;
  const url = new URL(check.path, base);
  try {
    const response = await fetch(url, {
      method: check.method,
      signal: AbortSignal.any([signal, AbortSignal.timeout(check.timeoutMs)]),
      redirect: "manual",
      ...(check.json === undefined
        ? {}
        : {
            body: JSON.stringify(check.json),
            headers: { "content-type": "application/json" },
          }),
    });
    const text = await response.text();
    if (check.status.includes(response.status)) return undefined;
    const body = text.slice(0, MAX_SHOWN_CHARACTERS).replace(/\s+/g, " ");
    return `${check.method} ${url.pathname} answered ${response.status}, accepted is ${check.status.join(" or ")}: ${body}`;
  } catch (error) {
    signal.throwIfAborted();
    return `${check.method} ${url.pathname} did not answer within ${check.timeoutMs} ms: ${causes(error).join(": ")}`;
  }
}
