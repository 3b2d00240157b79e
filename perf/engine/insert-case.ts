import { blankCommand, OP, SIDE, SILENT } from "../../engine/core/command.ts";
import { Core } from "../../engine/core/core.ts";

const RUNS = 5;

/** liquibook's own orders: see peers/liquibook.cpp, which makes the same ones and takes the median as well. */
export function measureInserts(count: number): { perSecond: number } {
  insert(count);
  const seconds = Array.from({ length: RUNS }, () => insert(count)).sort((a, b) => a - b);
  return { perSecond: Math.round(count / (seconds[Math.floor(RUNS / 2)] ?? Number.NaN)) };
}

function insert(count: number): number {
  let state = 1;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % limit;
  };
  const prices = new Float64Array(count);
  const quantities = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    prices[at] = (at % 2 === 0 ? 1880 : 1884) + below(10);
    quantities[at] = (below(10) + 1) * 100;
  }
  const core = new Core({ maxOrders: 1e9, risk: false, preventSelfTrade: false });
  core.addSymbol({ base: 0, quote: 1 });
  const command = { ...blankCommand(), op: OP.new, user: 1 };
  const before = process.threadCpuUsage();
  for (let at = 0; at < count; at += 1) {
    command.id = at + 1;
    command.side = at % 2 === 0 ? SIDE.buy : SIDE.sell;
    command.price = prices[at] as number;
    command.qty = quantities[at] as number;
    core.apply(command, SILENT);
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}
