import { z } from "zod";
import { SluiceError } from "../../error.ts";
import type { Sample } from "../../verdict/verdict.ts";

const count = z.number().nonnegative();

const Counters = z.object({
  requests: count,
  errors: count,
  latency: z.object({ le: z.array(z.number()), counts: z.array(count) }).optional(),
});

/** A sample, and what was thought of it at the time if whoever wrote the trace said so. */
const TraceLine = z.object({
  t: z.number(),
  weight: z.number().min(0).max(1),
  candidate: Counters.nullable(),
  baseline: Counters.nullable(),
  evidence: z.object({ worse: z.number(), threshold: z.number() }).nullish(),
});

export type TraceLine = Sample & { evidence?: { worse: number; threshold: number } };

/** A line longer than this is no sample. */
const MAX_TRACE_LINE_CHARACTERS = 1 << 16;

/**
 * The samples of a trace.jsonl. Its last line may be cut off, as a killed runner leaves it; any other line that
 * is no sample is an error that names its number.
 */
export function readTrace(text: string, file: string): TraceLine[] {
  const lines = text.split("\n");
  const complete = text.endsWith("\n") ? lines.length : lines.length - 1;
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const read = readLine(line);
    if (read !== undefined) return [read];
    if (index >= complete) return [];
    throw new SluiceError("invalid-input", `${file}:${index + 1} is no sample of a trace`, {
      hint: "a trace has one JSON object per line: {t, weight, candidate, baseline}, as canary-promote writes it",
    });
  });
}

function readLine(line: string): TraceLine | undefined {
  if (line.length > MAX_TRACE_LINE_CHARACTERS) return undefined;
  try {
    const read = TraceLine.safeParse(JSON.parse(line));
    return read.success ? sample(read.data) : undefined;
  } catch {
    return undefined;
  }
}

function sample({
  t,
  weight,
  candidate,
  baseline,
  evidence,
}: z.infer<typeof TraceLine>): TraceLine {
  return {
    t,
    weight,
    candidate: candidate && counters(candidate),
    baseline: baseline && counters(baseline),
    ...(evidence ? { evidence } : {}),
  };
}

function counters({ requests, errors, latency }: z.infer<typeof Counters>) {
  return latency === undefined ? { requests, errors } : { requests, errors, latency };
}
