import { SIDE, type Side } from "../core/command.ts";

/**
 * Market data in the manner of ITCH 5.0: big-endian messages, each after its length as a u16. Read are the messages that
 * change a book: A and F (add), E and C (executed), X (part cancelled), D (deleted), U (replaced), P (a trade with what is
 * hidden). Others are skipped by their length.
 *
 *   all       u8 type, u16 stock, u16 tracking, u48 nanoseconds since midnight
 *   A, F      u64 order, u8 B or S, u32 shares, 8 bytes stock, u32 price[, 4 bytes attribution]
 *   E, C      u64 order, u32 shares, u64 match[, u8 printable, u32 price]
 *   X         u64 order, u32 shares
 *   D         u64 order
 *   U         u64 order, u64 new order, u32 shares, u32 price
 *   P         u64 order, u8 B or S, u32 shares, 8 bytes stock, u32 price, u64 match
 */
export interface FeedListener {
  add(stock: number, order: number, side: Side, shares: number, price: number): void;
  executed(order: number, shares: number): void;
  canceled(order: number, shares: number): void;
  deleted(order: number): void;
  replaced(order: number, newOrder: number, shares: number, price: number): void;
  trade(stock: number, side: Side, shares: number, price: number): void;
}

export interface Decoded {
  /** Bytes of whole messages; the rest belongs to the next call. */
  bytes: number;
  messages: number;
  /** Messages too short for their type, or of an impossible side. */
  malformed: number;
  /** Of the last message, since midnight. */
  timeNs: number;
}

const HEAD_BYTES = 11;
const LENGTHS: ReadonlyMap<number, number> = new Map(
  Object.entries({ A: 36, F: 40, E: 31, C: 36, X: 23, D: 19, U: 35, P: 44 }).map(
    ([type, length]) => [type.charCodeAt(0), length],
  ),
);
const LENGTH = Uint8Array.from({ length: 256 }, (_, type) => LENGTHS.get(type) ?? 0);
const [A, F, E, C, X, D, U, P, B, S] = Array.from("AFECXDUPBS", (type) => type.charCodeAt(0));

/** Reads as many whole messages as there are. Nothing is allocated per message. */
export function decodeItch(view: DataView, listener: FeedListener): Decoded {
  const decoded = { bytes: 0, messages: 0, malformed: 0, timeNs: 0 };
  const end = view.byteLength;
  let at = 0;
  while (at + 2 <= end) {
    const length = view.getUint16(at);
    const body = at + 2;
    if (body + length > end) break;
    at = body + length;
    decoded.messages += 1;
    const type = length === 0 ? 0 : view.getUint8(body);
    const needed = LENGTH[type] as number;
    if (needed === 0) continue;
    if (length < needed || !tell(view, body, type, listener)) decoded.malformed += 1;
    else decoded.timeNs = view.getUint16(body + 5) * 2 ** 32 + view.getUint32(body + 7);
  }
  decoded.bytes = at;
  return decoded;
}

function tell(view: DataView, at: number, type: number, listener: FeedListener): boolean {
  const order = u64(view, at + HEAD_BYTES);
  switch (type) {
    case A:
    case F: {
      const side = sideAt(view, at + 19);
      if (side === null) return false;
      const stock = view.getUint16(at + 1);
      listener.add(stock, order, side, view.getUint32(at + 20), view.getUint32(at + 32));
      return true;
    }
    case E:
    case C:
      listener.executed(order, view.getUint32(at + 19));
      return true;
    case X:
      listener.canceled(order, view.getUint32(at + 19));
      return true;
    case D:
      listener.deleted(order);
      return true;
    case U:
      listener.replaced(
        order,
        u64(view, at + 19),
        view.getUint32(at + 27),
        view.getUint32(at + 31),
      );
      return true;
    case P: {
      const side = sideAt(view, at + 19);
      if (side === null) return false;
      listener.trade(
        view.getUint16(at + 1),
        side,
        view.getUint32(at + 20),
        view.getUint32(at + 32),
      );
      return true;
    }
    default:
      return false;
  }
}

function sideAt(view: DataView, at: number): Side | null {
  const letter = view.getUint8(at);
  if (letter === B) return SIDE.buy;
  return letter === S ? SIDE.sell : null;
}

/** Order numbers above 2^53 are not exact; feeds number from 1. */
function u64(view: DataView, at: number): number {
  return view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
}
