import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CYCLE,
  interleave,
  Turns,
} from "../../../../../../lib/targets/local/supervisor/proxy/interleave.ts";
import type { Slot } from "../../../../../../lib/targets/target.ts";

const percent = fc.integer({ min: 0, max: 100 });

function take(greenPercent: number, count: number): Slot[] {
  const turns = new Turns();
  turns.set({ blue: 100 - greenPercent, green: greenPercent });
  return Array.from({ length: count }, () => turns.take() ?? "blue");
}

function greens(slots: readonly Slot[]): number {
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

  it("give nobody anything when both are 0", () => {
    expect(interleave({ blue: 0, green: 0 })).toBeNull();
  });
});
