import { SluiceError } from "../../error.ts";
import type { Counters, LatencyHistogram } from "../../metrics/counters.ts";
import type { InstanceCounters, Sample } from "../sample.ts";

/** No honest line is longer; a file without line ends would else be read into memory as one. */
export const MAX_TRACE_LINE_CHARACTERS = 1_000_000;

/**
 * One line of a trace as a sample. Every fault names file and line. Checked by hand and not by a schema: a month
 * of seconds has 2.6 million lines.
 */
export function parseTraceLine(text: string, where: { file: string; line: number }): Sample {
  const fail = (what: string, hint?: string): never => {
    throw new SluiceError("invalid-input", `${where.file}:${where.line}: ${what}`, {
      hint: hint ?? 'a line is {"t": seconds, "weight": 0..1, "candidate": ARM, "baseline": ARM}',
    });
  };
  const given = parseJson(text, fail);
  if (!isRecord(given)) return fail(`${show(given)} is not an object`);
  const { t, weight } = given;
  if (!isNumber(t)) return fail(`t: ${show(t)} is not a number of seconds`);
  if (!isNumber(weight) || weight < 0 || weight > 1) {
    return fail(`weight: ${show(weight)} is not a number from 0 to 1`);
  }
  const candidate = arm(given.candidate, "candidate", fail);
  const baseline = arm(given.baseline, "baseline", fail);
  const instances = instancesOf(given.instances, fail);
  const sample: Sample = { t, weight, candidate, baseline };
  if (instances) sample.instances = instances;
  return sample;
}

type Fail = (what: string, hint?: string) => never;

function parseJson(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const hint = /\b(NaN|Infinity)\b/.test(text)
      ? "JSON has no NaN and no Infinity: a scrape that gave no number is null"
      : "a trace has one JSON object per line";
    return fail(`not JSON (${cause instanceof Error ? cause.message : String(cause)})`, hint);
  }
}

const ARM_HINT =
  'an arm is null (a missing scrape) or {"requests": n, "errors": n, "latency": {"le": [seconds…], "counts": [cumulative…, all]}}';

function arm(given: unknown, key: string, fail: Fail): Counters | null {
  if (given === null) return null;
  if (given === undefined) return fail(`${key} is missing`, ARM_HINT);
  if (!isRecord(given))
    return fail(`${key}: ${show(given)} is neither null nor an object`, ARM_HINT);
  const requests = counter(given.requests, `${key}.requests`, fail);
  const errors = counter(given.errors, `${key}.errors`, fail);
  const latency = histogram(given.latency, `${key}.latency`, fail);
  const kinds = kindsOf(given.kinds, `${key}.kinds`, fail);
  const counters: Counters = { requests, errors };
  if (latency) counters.latency = latency;
  if (kinds) counters.kinds = kinds;
  return counters;
}

function counter(given: unknown, key: string, fail: Fail): number {
  if (isNumber(given) && given >= 0) return given;
  return fail(`${key}: ${show(given)} is not a count from 0`, ARM_HINT);
}

function histogram(given: unknown, key: string, fail: Fail): LatencyHistogram | undefined {
  if (given === undefined || given === null) return undefined;
  if (!isRecord(given)) return fail(`${key}: ${show(given)} is not an object`, ARM_HINT);
  const { le, counts } = given;
  if (!Array.isArray(le) || !areEdges(le))
    return fail(`${key}.le: ${show(le)} is not a list of ascending edges in seconds`, ARM_HINT);
  if (!Array.isArray(counts) || counts.length !== le.length + 1)
    return fail(
      `${key}.counts: not ${le.length + 1} counts, one more than there are edges`,
      ARM_HINT,
    );
  if (!areCumulative(counts))
    return fail(`${key}.counts: ${show(counts)} are not cumulative counts from 0`, ARM_HINT);
  return { le, counts };
}

function areEdges(list: readonly unknown[]): list is number[] {
  let before = Number.NEGATIVE_INFINITY;
  for (const one of list) {
    if (!isNumber(one) || one <= before) return false;
    before = one;
  }
  return true;
}

function areCumulative(list: readonly unknown[]): list is number[] {
  let before = 0;
  for (const one of list) {
    if (!isNumber(one) || one < before) return false;
    before = one;
  }
  return true;
}

function kindsOf(given: unknown, key: string, fail: Fail): Record<string, number> | undefined {
  if (given === undefined) return undefined;
  if (!isRecord(given)) return fail(`${key}: ${show(given)} is not an object`);
  const counted = Object.entries(given).map(([kind, count]): [string, number] => [
    kind,
    counter(count, `${key}.${kind}`, fail),
  ]);
  return Object.fromEntries(counted);
}

function instancesOf(given: unknown, fail: Fail): Sample["instances"] {
  if (given === undefined || given === null) return undefined;
  if (!isRecord(given)) return fail(`instances: ${show(given)} is not an object`);
  return {
    candidate: instanceArms(given.candidate, "instances.candidate", fail),
    baseline: instanceArms(given.baseline, "instances.baseline", fail),
  };
}

function instanceArms(given: unknown, key: string, fail: Fail): InstanceCounters {
  if (!isRecord(given)) return fail(`${key}: ${show(given)} is not an object of arms by instance`);
  const arms = Object.entries(given).map(([name, value]): [string, Counters | null] => [
    name,
    arm(value, `${key}.${name}`, fail),
  ]);
  return Object.fromEntries(arms);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
