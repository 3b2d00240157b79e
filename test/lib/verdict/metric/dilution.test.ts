import { describe, expect, it } from "vitest";
import {
  type Dilution,
  dilutionOf,
  openDilution,
  watchDilution,
} from "../../../../lib/verdict/metric/dilution.ts";

const PAST = { requests: 60_000, events: 600 };

function seen(seconds: number, eventsPerSecond: number): Dilution {
  let known = openDilution(PAST) as Dilution;
  for (let second = 0; second < seconds; second += 1)
    known = watchDilution(known, { requests: 20, events: eventsPerSecond }, 1);
  return known;
}

describe("how much less than usual a fault is of what fails while processes are cold", () => {
  it("is not known without a past, and then nothing is assumed", () => {
    expect(openDilution({ requests: 0, events: 0 })).toBeNull();
    expect(dilutionOf(null)).toBe(1);
  });

  it("is a tenth before fresh processes have shown anything", () => {
    expect(dilutionOf(openDilution(PAST))).toBeCloseTo(0.1, 2);
  });

  it("is the usual share of failures over the one that they show", () => {
    expect(dilutionOf(seen(10, 1))).toBeGreaterThan(0.17);
    expect(dilutionOf(seen(10, 1))).toBeLessThan(0.23);
    expect(dilutionOf(seen(60, 0.2))).toBeGreaterThan(0.6);
    expect(dilutionOf(seen(60, 0))).toBe(1);
  });

  it("is soon 1 again when they have become warm", () => {
    let known = seen(30, 3);
    for (let second = 0; second < 60; second += 1)
      known = watchDilution(known, { requests: 20, events: second % 10 === 0 ? 1 : 0 }, 1);
    expect(dilutionOf(known)).toBeGreaterThan(0.6);
  });

  it("is a tenth at least, so that a service that hardly ever fails is not blind to a fault while it is cold", () => {
    let known = openDilution({ requests: 1_000_000, events: 0 }) as Dilution;
    expect(dilutionOf(known)).toBeCloseTo(0.1, 2);
    for (let second = 0; second < 20; second += 1)
      known = watchDilution(known, { requests: 20, events: 2 }, 1);
    expect(dilutionOf(known)).toBe(0.1);
  });
});
