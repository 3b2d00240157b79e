import { PerformanceObserver } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { OrderBook, Side } from "nodejs-order-book";
import { blankCommand, KIND, type Listener, OP, SIDE } from "../../engine/core/command.ts";
import { Core } from "../../engine/core/core.ts";
import { type CommandList, exchangeMix } from "./mix.ts";

export interface BookFigures {
  perSecond: number;
  gcMs: number;
  /** Trades, so that two books can be seen to have done the same. */
  trades: number;
}

const WARM_UP = 300_000;

export async function measureOurBook(count: number, risk: boolean): Promise<BookFigures> {
  apply(coreFor(risk), exchangeMix(WARM_UP, 7));
  const commands = exchangeMix(count, 1);
  const core = coreFor(risk);
  return timed(count, () => apply(core, commands));
}

export async function measurePeerBook(count: number): Promise<BookFigures> {
  applyToPeer(new OrderBook(), exchangeMix(WARM_UP, 7));
  const commands = exchangeMix(count, 1);
  const peer = new OrderBook();
  return timed(count, () => applyToPeer(peer, commands));
}

async function timed(count: number, run: () => number): Promise<BookFigures> {
  // What the list and the warm-up left behind is nobody's pause.
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  let gcMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) gcMs += entry.duration;
  });
  observer.observe({ entryTypes: ["gc"] });
  // The thread's own CPU time: what else the machine does then matters less.
  const before = process.threadCpuUsage();
  const trades = run();
  const { user, system } = process.threadCpuUsage(before);
  const ms = (user + system) / 1000;
  // The observer is told in a later turn of the loop.
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  return { perSecond: Math.round((count / ms) * 1000), gcMs, trades };
}

function coreFor(risk: boolean): Core {
  const core = new Core({ maxOrders: 1e9, risk, preventSelfTrade: false });
  core.addSymbol({ base: 0, quote: 1 });
  if (!risk) return core;
  for (let user = 1; user <= 1000; user += 1) {
    for (const symbol of [0, 1]) {
      core.apply({ ...blankCommand(), op: OP.deposit, user, symbol, qty: 1e12 }, COUNTING);
    }
  }
  return core;
}

let trades = 0;
const COUNTING: Listener = {
  accepted: () => {},
  rejected: () => {},
  trade: () => {
    trades += 1;
  },
  canceled: () => {},
  reduced: () => {},
  moved: () => {},
};

function apply(core: Core, commands: CommandList): number {
  trades = 0;
  const command = blankCommand();
  for (let at = 0; at < commands.length; at += 1) {
    commands.read(at, command);
    core.apply(command, COUNTING);
  }
  return trades;
}

function applyToPeer(peer: OrderBook, commands: CommandList): number {
  let count = 0;
  const command = blankCommand();
  for (let at = 0; at < commands.length; at += 1) {
    commands.read(at, command);
    const id = String(command.id);
    const { price, qty: size } = command;
    if (command.op === OP.cancel) peer.cancel(id);
    else if (command.op === OP.move) count += tradesIn(peer.modify(id, { price }), id);
    else {
      const side = command.side === SIDE.buy ? Side.BUY : Side.SELL;
      const order = { id, side, size, price };
      const ioc = command.kind === KIND.IOC ? { timeInForce: "IOC" } : {};
      count += tradesIn(peer.limit({ ...order, ...ioc } as typeof order), id);
    }
  }
  return count;
}

function tradesIn(result: ReturnType<OrderBook["limit"]>, taker: string): number {
  let count = result.partial !== null && result.partial.id !== taker ? 1 : 0;
  for (const order of result.done) if (order.id !== taker) count += 1;
  return count;
}
