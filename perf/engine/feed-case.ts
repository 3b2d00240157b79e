import { SIDE, type Side } from "../../engine/core/command.ts";
import { FeedBook } from "../../engine/feed/feed-book.ts";
import { decodeItch } from "../../engine/feed/itch.ts";
import { ItchWriter } from "../../engine/feed/itch-writer.ts";

const MID = 10_000;
const RESTING = 20_000;

/** Messages of a feed as bytes: decoded and booked, per second of the thread's CPU time. */
export function measureFeed(count: number): { perSecond: number } {
  const bytes = recorded(count);
  const half = new DataView(recorded(count / 10).buffer);
  decodeItch(half, new FeedBook());
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const book = new FeedBook();
  const before = process.threadCpuUsage();
  const { messages } = decodeItch(view, book);
  const { user, system } = process.threadCpuUsage(before);
  if (book.odd > 0 || messages !== count) throw new Error("the feed was not booked as it is");
  return { perSecond: Math.round((messages / (user + system)) * 1e6) };
}

interface Order {
  id: number;
  shares: number;
}

/** Adds near the middle; about as many are deleted, executed or replaced, so that the book stays as deep. */
function recorded(count: number): Uint8Array {
  let state = 1;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * limit);
  };
  const writer = new ItchWriter();
  const resting: Order[] = [];
  let nextId = 1;
  const priceOf = (side: Side): number =>
    side === SIDE.buy ? MID - 1 - below(200) : MID + 1 + below(200);
  for (let at = 0; at < count; at += 1) {
    writer.timeNs = at * 100;
    const chance = below(100);
    const index = below(resting.length);
    const order = resting[index];
    if (order === undefined || (chance < 48 && resting.length < RESTING)) {
      const added = { id: nextId, shares: 1 + below(500) };
      nextId += 1;
      const side = below(2) === 0 ? SIDE.buy : SIDE.sell;
      writer.add(0, added.id, side, added.shares, priceOf(side));
      resting.push(added);
    } else if (chance < 85 || order.shares === 1) {
      writer.deleted(0, order.id);
      resting[index] = resting.at(-1) as Order;
      resting.pop();
    } else {
      writer.executed(0, order.id, 1);
      order.shares -= 1;
    }
  }
  return writer.take();
}
