import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../../lib/load/student.ts";

describe("a quantile of Student's t", () => {
  // From the tables in any textbook.
  it.each([
    [0.975, 1, 12.706],
    [0.95, 5, 2.015],
    [0.975, 10, 2.228],
    [0.999, 9, 4.297],
    [0.9995, 30, 3.646],
    [0.975, 1_000_000, 1.96],
  ])("at %f with %i degrees of freedom is %f", (share, degrees, expected) => {
    expect(studentQuantile(share, degrees)).toBeCloseTo(expected, 3);
  });

  it("is symmetric", () => {
    expect(studentQuantile(0.01, 7)).toBeCloseTo(-studentQuantile(0.99, 7), 12);
  });

  it("does not exist at 0 and 1", () => {
    expect(() => studentQuantile(1, 7)).toThrow(RangeError);
  });
});
