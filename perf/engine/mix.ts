import { blankCommand, type Command, KIND, OP, SIDE } from "../../engine/core/command.ts";

const PRICE = 100_000;
const SPREAD = 375;
const RESTING = 1000;

/**
 * A mix like exchange-core's published single-book benchmark: 9 % GTC, 3 % IOC, 6 % cancels, 82 % moves, about a
 * thousand orders resting on 750 prices. The same list for everybody who is measured.
 */
export function exchangeMix(count: number, seed: number): CommandList {
  const random = xorshift(seed);
  const commands = new CommandList(count);
  const resting: { id: number; side: 0 | 1 }[] = [];
  let nextId = 1;
  const below = (limit: number): number => Math.floor(random() * limit);
  const priceFor = (side: 0 | 1): number => {
    // Most prices are on the order's own side of the middle; some cross it and trade.
    const away = below(SPREAD) - 24;
    return side === SIDE.buy ? PRICE - away : PRICE + away;
  };
  const place = (kind: Command["kind"]): void => {
    const side = random() < 0.5 ? SIDE.buy : SIDE.sell;
    const id = nextId;
    nextId += 1;
    const user = 1 + below(1000);
    commands.push({
      ...blankCommand(),
      op: OP.new,
      id,
      user,
      side,
      kind,
      price: priceFor(side),
      qty: 1 + below(100),
    });
    if (kind === KIND.GTC) resting.push({ id, side });
  };
  while (commands.length < RESTING) place(KIND.GTC);
  while (commands.length < count) {
    const dice = random();
    const at = below(resting.length);
    const order = resting[at];
    if (dice < 0.09 || order === undefined) place(KIND.GTC);
    else if (dice < 0.12) place(KIND.IOC);
    else if (dice < 0.18) {
      commands.push({ ...blankCommand(), op: OP.cancel, id: order.id });
      resting[at] = resting.at(-1) ?? order;
      resting.pop();
    } else {
      commands.push({ ...blankCommand(), op: OP.move, id: order.id, price: priceFor(order.side) });
    }
  }
  return commands;
}

/**
 * Commands outside the heap that the garbage collector looks after, in the shape that they have in the engine's
 * ring: small numbers as integers, the others as floats. So only what is measured is measured.
 */
export class CommandList {
  length = 0;
  readonly #small: Int32Array;
  readonly #large: Float64Array;

  constructor(capacity: number) {
    this.#small = new Int32Array(capacity * 4);
    this.#large = new Float64Array(capacity * 3);
  }

  push({ op, id, user, side, kind, price, qty }: Command): void {
    this.#small.set([op, user, side, kind], this.length * 4);
    this.#large.set([id, price, qty], this.length * 3);
    this.length += 1;
  }

  read(at: number, command: Command): void {
    const small = this.#small;
    const large = this.#large;
    command.op = small[at * 4] as Command["op"];
    command.user = small[at * 4 + 1] as number;
    command.side = small[at * 4 + 2] as Command["side"];
    command.kind = small[at * 4 + 3] as Command["kind"];
    command.id = large[at * 3] as number;
    command.price = large[at * 3 + 1] as number;
    command.qty = large[at * 3 + 2] as number;
  }
}
function xorshift(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
