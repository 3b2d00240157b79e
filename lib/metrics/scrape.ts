import type { MetricNames } from "../environment/environment.ts";
import { armOf } from "./arm.ts";
import type { ArmCounters, Counters } from "./counters.ts";
import { parsePrometheusText } from "./prometheus-text.ts";
import { type Seen, withSeen } from "./seen.ts";
import { selectCounters } from "./select.ts";

/** More than this is no metrics page of one service. */
export const MAX_SCRAPE_BYTES = 8 * 1024 * 1024;

export interface ScrapeTarget {
  name: string;
  metricsUrl: string;
  /** What its clients got of it, where that is known; else its own counters are all there is. */
  seen?: Seen;
}

/** What one instance showed, or why it showed nothing. */
export type Scrape = { counters: Counters } | { fault: string };

/** Reads one instance's counters by HTTP. Never throws: what does not come in time is no evidence. */
export async function scrape(
  metricsUrl: string,
  names: MetricNames,
  signal: AbortSignal,
): Promise<Scrape> {
  try {
    const response = await fetch(new URL(names.path, metricsUrl), {
      signal,
      redirect: "error",
      headers: { accept: "text/plain;version=0.0.4" },
    });
    if (!response.ok) return { fault: `${names.path} answered ${response.status}` };
    return { counters: selectCounters(parsePrometheusText(await textOf(response)), names) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Scrapes all instances of all arms at the same moment, each within `deadlineMs`. A scrape that is missing,
 * late or broken is null, and so is the total of its arm.
 */
export async function scrapeArms<Arm extends string>(
  arms: Record<Arm, readonly ScrapeTarget[]>,
  names: MetricNames,
  deadlineMs: number,
  onFault: (instance: string, fault: string) => void = () => {},
): Promise<Record<Arm, ArmCounters>> {
  const signal = AbortSignal.timeout(deadlineMs);
  const readArm = async (targets: readonly ScrapeTarget[]) => {
    const counters = targets.map(async ({ name, metricsUrl, seen }) => {
      const result = await scrape(metricsUrl, names, signal);
      if ("counters" in result)
        return [name, seen ? withSeen(result.counters, seen) : result.counters] as const;
      onFault(name, result.fault);
      return [name, null] as const;
    });
    return armOf(Object.fromEntries(await Promise.all(counters)));
  };
  const armNames = Object.keys(arms) as Arm[];
  const read = await Promise.all(armNames.map(async (arm) => [arm, await readArm(arms[arm])]));
  return Object.fromEntries(read) as Record<Arm, ArmCounters>;
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_SCRAPE_BYTES) throw new Error(`more than ${MAX_SCRAPE_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
}
