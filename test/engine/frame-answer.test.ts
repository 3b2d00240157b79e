import { expect, test } from "vitest";
import { type Command, KIND, OP, type Reason, SIDE } from "../../engine/core/command.ts";
import { Core } from "../../engine/core/core.ts";
import { FrameAnswer } from "../../engine/entry/frame-answer.ts";
import { HEAD_BYTES, RESULT_BYTES, STATUSES } from "../../engine/entry/wire.ts";
import { Metrics } from "../../engine/metrics.ts";
import { OutcomeWaiter } from "../../engine/pipeline/waiter.ts";
import { flow, type Mix, Random } from "./support/flow.ts";

const mix: Mix = {
  market: "narrow",
  symbols: 2,
  users: 5,
  cancelShare: 0.2,
  amendShare: 0.3,
  kinds: Object.values(KIND),
};

test("a frame's answer tells of each command what it would be told alone", () => {
  const [framed, single] = [engine(), engine()];
  const random = new Random(5);
  const metrics = new Metrics("none", "test");
  const commands = [...flow(9, 4000, mix)];
  while (commands.length > 0) {
    const frame = commands.splice(0, 1 + random.below(90));
    const refused = frame.map(() => random.chance(0.1));
    let bytes = new Uint8Array();
    const answer = new FrameAnswer(frame.length, metrics, (given) => {
      bytes = Uint8Array.from(given);
    });
    frame.forEach((command, place) => {
      if (refused[place] === true) answer.refuse(place, "invalid-side");
      else answer.expect(place, command.id, command.op === OP.new ? command.qty : 0);
    });
    const expected = frame.map((command, place) => {
      if (refused[place] === true) return { status: "rejected", id: 0, fills: [] };
      framed.apply(command, answer);
      answer.endCommand();
      return alone(single, command);
    });
    answer.done(true);
    expect(decode(bytes)).toEqual(expected.map((one) => ({ filled: 0, canceled: 0, ...one })));
  }
});

test("a frame that may be lost tells no command as carried out", () => {
  const core = engine();
  let bytes = new Uint8Array();
  const answer = new FrameAnswer(3, new Metrics("none", "test"), (given) => {
    bytes = Uint8Array.from(given);
  });
  const commands = [order(1, SIDE.sell), order(2, SIDE.buy)];
  answer.expect(0, 1, 5);
  answer.refuse(1, "off-tick");
  answer.expect(2, 2, 5);
  for (const command of commands) {
    core.apply(command, answer);
    answer.endCommand();
  }
  answer.done(false);
  const lost = { status: "rejected", filled: 0, canceled: 0, fills: [] };
  expect(decode(bytes)).toEqual([
    { ...lost, id: 1 },
    { ...lost, id: 0 },
    { ...lost, id: 2 },
  ]);
});

function engine(): Core {
  const core = new Core({ maxOrders: 1e9, risk: false, preventSelfTrade: true });
  for (const symbol of [0, 1]) core.addSymbol({ base: symbol + 1, quote: 0 });
  return core;
}

function order(id: number, side: 0 | 1): Command {
  const rest = { user: id, symbol: 0, kind: KIND.GTC, price: 7, qty: 5, timeMs: 0 };
  return { op: OP.new, id, side, ...rest };
}

interface Told {
  id: number;
  status: string;
  filled?: number;
  canceled?: number;
  fills: readonly object[];
  reason?: Reason;
}

function alone(core: Core, command: Command): Told {
  let told: Told = { id: 0, status: "", fills: [] };
  const qty = command.op === OP.new ? command.qty : 0;
  const waiter = new OutcomeWaiter(command.id, qty, (outcome) => {
    told = outcome;
  });
  core.apply(command, waiter);
  waiter.endCommand();
  waiter.done(true);
  const { reason, ...rest } = told;
  return rest;
}

function decode(bytes: Uint8Array): object[] {
  const view = new DataView(bytes.buffer);
  const count = view.getUint32(0, true);
  let fillAt = HEAD_BYTES + count * RESULT_BYTES;
  const results = Array.from({ length: count }, (_, place) => {
    const at = HEAD_BYTES + place * RESULT_BYTES;
    const fills = Array.from({ length: view.getUint32(at + 28, true) }, () => {
      const [maker, price, qty] = [0, 8, 16].map((field) => view.getFloat64(fillAt + field, true));
      fillAt += 24;
      return { maker, price, qty };
    });
    return {
      id: view.getFloat64(at, true),
      filled: view.getFloat64(at + 8, true),
      canceled: view.getFloat64(at + 16, true),
      status: STATUSES[view.getUint8(at + 24)],
      fills,
    };
  });
  expect(fillAt).toBe(bytes.length);
  return results;
}
