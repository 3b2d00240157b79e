import { Book, type DepthSide, type Resting } from "./book.ts";
import { type Command, type Listener, OP, SIDE } from "./command.ts";

export interface Depth {
  bids: DepthSide;
  asks: DepthSide;
}

/**
 * The deterministic part of the engine: the same commands in the same order give the same state and the same
 * events. It knows no clock, no chance and no I/O.
 */
export class Core {
  sequence = 0;
  readonly #books: Book[];
  readonly #orders = new Map<number, { order: Resting; book: Book }>();
  readonly #maxOrders: number;

  constructor(symbolCount: number, maxOrders: number) {
    this.#maxOrders = maxOrders;
    this.#books = Array.from({ length: symbolCount }, () => new Book());
    for (const book of this.#books) book.onGone = (order) => this.#orders.delete(order.id);
  }

  apply(command: Command, listener: Listener): void {
    this.sequence += 1;
    if (command.op === OP.new) {
      this.#new(command, listener);
      return;
    }
    const found = this.#orders.get(command.id);
    if (found === undefined) {
      listener.rejected(command.id, "unknown-order");
      return;
    }
    const { order, book } = found;
    switch (command.op) {
      case OP.cancel:
        this.#cancel(order, book, listener);
        return;
      case OP.move:
        if (!book.move(order, command.price, listener)) this.#orders.delete(order.id);
        return;
      case OP.reduce:
        if (command.qty >= order.qty) {
          this.#cancel(order, book, listener);
          return;
        }
        order.qty -= command.qty;
        listener.reduced(order.id, command.qty, order.qty);
    }
  }

  depth(symbol: number): Depth {
    const book = this.#book(symbol);
    return { bids: book.depth(SIDE.buy), asks: book.depth(SIDE.sell) };
  }

  #new(command: Command, listener: Listener): void {
    const { id, user, side, price, qty } = command;
    if (this.#orders.has(id)) {
      listener.rejected(id, "id-in-use");
      return;
    }
    if (this.#orders.size >= this.#maxOrders) {
      listener.rejected(id, "book-full");
      return;
    }
    const book = this.#book(command.symbol);
    const order: Resting = { id, user, side, price, qty };
    if (book.submit(order, command.kind, listener)) this.#orders.set(id, { order, book });
  }

  #cancel(order: Resting, book: Book, listener: Listener): void {
    book.remove(order);
    this.#orders.delete(order.id);
    listener.canceled(order.id, order.qty);
  }

  #book(symbol: number): Book {
    const book = this.#books[symbol];
    if (book === undefined) throw new RangeError(`no symbol ${symbol}`);
    return book;
  }
}
