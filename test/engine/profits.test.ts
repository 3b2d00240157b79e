import { expect, test } from "vitest";
import { Core } from "../../engine/core/core.ts";
import { Profits } from "../../engine/core/profits.ts";
import { EngineProcess } from "./support/engine-process.ts";
import { EventTape } from "./support/event-tape.ts";
import { flow } from "./support/flow.ts";

const SYMBOL = "BTC-USD";

test("what the users have won and lost together is nothing, and positions are what they traded", () => {
  const users = [1, 2, 3];
  const profits = new Profits(users, 2);
  const core = new Core({ maxOrders: 1e9, risk: false, preventSelfTrade: false, tally: profits });
  for (const symbol of [0, 1]) core.addSymbol({ base: symbol + 1, quote: 0 });
  const mix = {
    market: "narrow",
    symbols: 2,
    users: 3,
    cancelShare: 0.1,
    amendShare: 0.2,
  } as const;
  for (const command of flow(3, 5000, { ...mix, kinds: [0, 1, 4] })) {
    core.apply(command, new EventTape());
    for (const symbol of [0, 1]) {
      const told = profits.read().filter((standing) => standing.symbol === symbol);
      expect(told.reduce((sum, { position }) => sum + position, 0)).toBe(0);
      expect(told.reduce((sum, { profit }) => sum + profit, 0)).toBe(0);
    }
  }
  expect(profits.read().some(({ profit }) => profit !== 0)).toBe(true);
});

test("an engine tells the profit of those users who are named, and of nobody else", async () => {
  await using engine = await EngineProcess.start({ PNL_USERS: "7,8" });
  const trade = async (price: number, qty: number, buyer: number, seller: number) => {
    for (const [user, side] of [
      [seller, "sell"],
      [buyer, "buy"],
    ] as const) {
      await engine.call("POST", "/orders", { user, symbol: SYMBOL, side, price, qty });
    }
  };
  await trade(100, 5, 7, 8);
  await trade(110, 2, 9, 7);
  const metrics = await engine.metrics();
  const value = (name: string, user: number): number =>
    Number(
      new RegExp(`^${name}\\{user="${user}",symbol="${SYMBOL}".*\\} (\\S+)`, "m").exec(
        metrics,
      )?.[1],
    );
  // 7 paid 500 and got 220, and holds 3 at 110; 8 got 500 and owes 5 at 110.
  expect([7, 8].map((user) => value("engine_position", user))).toEqual([3, -5]);
  expect([7, 8].map((user) => value("engine_exposure", user))).toEqual([330, -550]);
  expect([7, 8].map((user) => value("engine_profit", user))).toEqual([50, -50]);
  expect(metrics).not.toContain('user="9"');
});
