import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CYCLE,
  interleave,
  Turns,
} from "../../../../../../lib/targets/local/supervisor/proxy/interleave.ts";
import type { AnySlot } from "../../../../../../lib/targets/target.ts";

const percent = fc.integer({ min: 0, max: 100 });

function take(greenPercent: number, count: number): AnySlot[] {
  const turns = new Turns();
  turns.set({ blue: 100 - greenPercent, green: greenPercent });
  return Array.from({ length: count }, () => turns.take() ?? "blue");
}

function greens(slots: readonly AnySlot[]): number {
  return slots.filter((slot) => slot === "green").length;
}

describe("weights", () => {
  it("are exact over any hundred requests in a row", () => {
    fc.assert(
      fc.property(percent, fc.nat({ max: 1_000 }), (green, skipped) => {
        const window = take(green, skipped + CYCLE).slice(skipped);
        expect(greens(window)).toBe(green);
      }),
    );
  });

  it("are spread evenly: at no point is a slot a whole request ahead or behind", () => {
    fc.assert(
      fc.property(percent, fc.integer({ min: 1, max: 300 }), (green, count) => {
        const off = greens(take(green, count)) - (count * green) / 100;
        expect(Math.abs(off)).toBeLessThan(1);
      }),
    );
  });

  it("do not give a slot always the same kind of request when a client repeats its requests", () => {
    for (const period of [2, 4, 5, 10]) {
      const kinds = new Set<number>();
      take(10, CYCLE).forEach((slot, i) => {
        if (slot === "green") kinds.add(i % period);
      });
      expect(kinds.size).toBe(period);
    }
  });

  it("are exact with a third slot as well, over each hundred, and within one over any hundred", () => {
    fc.assert(
      fc.property(percent, percent, fc.nat({ max: 300 }), (one, two, skipped) => {
        const [green, baseline] = [Math.min(one, 100 - two), two];
        const turns = new Turns();
        turns.set({ blue: 100 - green - baseline, green, baseline });
        const taken = Array.from({ length: skipped + CYCLE }, () => turns.take());
        const off = (slots: typeof taken, slot: AnySlot, weight: number) =>
          Math.abs(slots.filter((each) => each === slot).length - weight);
        for (const [slot, weight] of [
          ["green", green],
          ["baseline", baseline],
        ] as const) {
          expect(off(taken.slice(0, CYCLE), slot, weight)).toBe(0);
          expect(off(taken.slice(skipped), slot, weight)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("spread a third slot as evenly as the others, within two requests", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 100 }),
        (share, count) => {
          const turns = interleave({ blue: 100 - 2 * share, green: share, baseline: share }) ?? [];
          for (const slot of ["green", "baseline"] as const) {
            const seen = turns.slice(0, count).filter((one) => one === slot).length;
            expect(Math.abs(seen - (count * share) / 100)).toBeLessThan(2);
          }
        },
      ),
    );
  });

  it("give two slots of equal weight the same requests of a client that repeats itself", () => {
    for (const share of [1, 10, 25, 33, 40])
      for (const period of [2, 4, 5, 10, 20]) {
        const turns = interleave({ blue: 100 - 2 * share, green: share, baseline: share }) ?? [];
        const kinds = (slot: AnySlot) =>
          turns.flatMap((one, at) => (one === slot ? [at % period] : [])).sort();
        expect(kinds("green")).toEqual(kinds("baseline"));
      }
  });

  it("give nobody anything when both are 0", () => {
    expect(interleave({ blue: 0, green: 0 })).toBeNull();
  });
});
