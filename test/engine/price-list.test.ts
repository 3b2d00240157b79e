import { expect, test } from "vitest";
import { PriceList } from "../../engine/core/price-list.ts";
import { Random } from "./support/flow.ts";

test("a list of prices is what a sorted array is, through growth and shrinking", () => {
  const random = new Random(11);
  const list = new PriceList();
  const prices = new Set<number>();
  for (let step = 0; step < 40_000; step += 1) {
    const price = 1 + random.below(20_000);
    // It grows to thousands, which is several chunks, and then shrinks to nothing.
    const grows = step < 20_000;
    if (prices.has(price)) {
      list.remove(price);
      prices.delete(price);
    } else if (grows) {
      list.add(price);
      prices.add(price);
    }
    if (step % 500 === 0) check(list, prices, random);
  }
  for (const price of prices) list.remove(price);
  check(list, new Set(), random);
});

function check(list: PriceList, prices: ReadonlySet<number>, random: Random): void {
  const sorted = [...prices].sort((a, b) => a - b);
  expect([list.first, list.last]).toEqual([sorted[0], sorted.at(-1)]);
  for (let probe = 0; probe < 20; probe += 1) {
    const price = random.below(20_002);
    expect(list.below(price)).toBe(sorted.findLast((other) => other < price));
    expect(list.above(price)).toBe(sorted.find((other) => other > price));
  }
}
