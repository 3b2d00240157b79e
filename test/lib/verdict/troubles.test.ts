import { describe, expect, it } from "vitest";
import type { Counters } from "../../../lib/metrics/counters.ts";
import { type Ending, Replay } from "../../../lib/verdict/replay.ts";
import { parseTraceLine } from "../../../lib/verdict/trace/trace.ts";
import { DEFAULT_SETTINGS, type Sample } from "../../../lib/verdict/verdict.ts";
import { Random } from "../../../perf/verdict/random.ts";
import { badReleases, goodReleases } from "../../../perf/verdict/scenario.ts";
import { makeTrace, samplesOf } from "../../../perf/verdict/trace.ts";

/** What happens to recorded traces in the field, done to the benchmark's traffic. */
type Trouble = (samples: Sample[], random: Random) => Sample[];

const missing: Trouble = (samples, random) => {
  let gap = 0;
  return samples.map((sample) => {
    if (random.uniform() < 0.01) gap = 5 + Math.floor(30 * random.uniform());
    gap -= 1;
    const isCandidateGone = gap > 0 || random.uniform() < 0.15;
    const isBaselineGone = gap > 0 || random.uniform() < 0.15;
    return {
      ...sample,
      candidate: isCandidateGone ? null : sample.candidate,
      baseline: isBaselineGone ? null : sample.baseline,
    };
  });
};

const restarts: Trouble = (samples, random) => {
  const begun: { candidate: Counters | null; baseline: Counters | null } = {
    candidate: null,
    baseline: null,
  };
  return samples.map(({ instances: _, ...sample }) => {
    const moved = { ...sample };
    for (const arm of ["candidate", "baseline"] as const) {
      const counters = sample[arm];
      if (counters && random.uniform() < 0.01) begun[arm] = counters;
      moved[arm] = counters && sinceThen(counters, begun[arm]);
    }
    return moved;
  });
};

/** What a process counts that began when the old one had counted `then`. */
function sinceThen(now: Counters, then: Counters | null): Counters {
  if (!then) return now;
  const counted = { requests: now.requests - then.requests, errors: now.errors - then.errors };
  if (!now.latency) return counted;
  const counts = now.latency.counts.map(
    (count, index) => count - (then.latency?.counts[index] ?? 0),
  );
  return { ...counted, latency: { le: now.latency.le, counts } };
}

const otherClock: Trouble = (samples) =>
  samples.flatMap((sample) => {
    const moved = { ...sample, t: 1_767_225_600 + sample.t };
    return sample.t % 10 === 0 ? [moved, moved] : [moved];
  });

/** What both versions depend on fails for twenty seconds; or stable alone does. */
const outage =
  (ofCandidateToo: boolean): Trouble =>
  (samples) =>
    samples.map((sample) => {
      const failed = (arm: Counters | null, share: number): Counters | null => {
        const more = sample.t > 500 ? 200 * share * Math.min(20, sample.t - 500) : 0;
        return arm && { ...arm, errors: Math.min(arm.requests, arm.errors + Math.round(more)) };
      };
      return {
        ...sample,
        candidate: ofCandidateToo ? failed(sample.candidate, 0.1) : sample.candidate,
        baseline: failed(sample.baseline, 0.9),
      };
    });

const TROUBLES: Record<string, Trouble> = {
  "scrapes are missing": missing,
  "processes restart": restarts,
  "the clock is another one, and lines repeat": otherClock,
  "all of that happens": (samples, random) =>
    otherClock(missing(restarts(samples, random), random), random),
};

function ending(scenario: string, trouble: Trouble, seed: number): Ending {
  const found = [...goodReleases(), ...badReleases()].find(({ name }) => name === scenario);
  if (!found) throw new Error(`no scenario ${scenario}`);
  const replay = new Replay(DEFAULT_SETTINGS);
  const samples = trouble([...samplesOf(makeTrace(found, seed))], new Random(seed));
  samples.forEach((sample, index) => {
    const where = { file: "trace.jsonl", line: index + 1 };
    replay.observe(parseTraceLine(JSON.stringify(sample), where), where);
  });
  return replay.end();
}

const GOOD = [
  "200/s 1 % burst 1",
  "200/s 1 % burst 10",
  "2000/s 0.1 % burst 3",
  "200/s 1 % burst 10, no past",
  "day curve ±80 % burst 10",
  "warm-up 15 s",
];
const BAD = [
  "200/s 1 % ×5",
  "200/s 1 % ×50 burst 10",
  "onset at 7 min ×5",
  "tail ×3 200/s",
  "latency +10 % 200/s",
];

describe.each(Object.entries(TROUBLES))("when %s", (_, trouble) => {
  it("good releases are left alone", () => {
    const outcomes = GOOD.flatMap((name) =>
      [1, 2, 3].map((seed) => ending(name, trouble, 90 + seed).outcome),
    );
    expect(outcomes.filter((outcome) => outcome === "rollback")).toEqual([]);
  });

  it.each(BAD)("a bad release is found: %s", (name) => {
    for (const seed of [1, 2]) expect(ending(name, trouble, 40 + seed).outcome).toBe("rollback");
  });
});

describe.each([
  ["that both versions see", outage(true)],
  ["of stable alone", outage(false)],
])("an outage %s", (_, trouble) => {
  it("takes no good release back", () => {
    for (const seed of [1, 2, 3, 4])
      expect(ending("200/s 1 % burst 1", trouble, seed).outcome).not.toBe("rollback");
  });

  it("does not hide a fault that begins minutes after it", () => {
    for (const seed of [1, 2, 3]) {
      const { outcome, t } = ending("onset at 7 min ×5", trouble, seed);
      expect(outcome).toBe("rollback");
      // Stable's past is five minutes, so that the fault begins after 720 seconds.
      expect(t).toBeGreaterThan(720);
      expect(t).toBeLessThan(800);
    }
  });
});
