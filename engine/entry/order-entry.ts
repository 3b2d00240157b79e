import { OP, type Reason } from "../core/command.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Fault } from "../fault.ts";
import type { Entry, Metrics } from "../metrics.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Decoded, Decoder } from "./decode.ts";
import { OPEN, type Session } from "./session.ts";

/** The answer to one command; `code` is an HTTP status on every way in. */
export interface Answer {
  code: number;
  body: Outcome | { id?: number; status: "rejected" | "error"; reason: Reason; message: string };
}

const CODES: Partial<Record<Reason, number>> = {
  "id-in-use": 409,
  "id-used": 409,
  "unknown-order": 404,
  "would-trade": 422,
  "cannot-fill": 422,
  "quantity-overflow": 422,
  "notional-overflow": 422,
  "balance-overflow": 422,
  "insufficient-balance": 422,
  halted: 403,
  "book-full": 503,
  "too-many-in-hand": 429,
  overloaded: 503,
  "journal-full": 503,
  "journal-failed": 503,
  "journal-slow": 503,
  "injected-fault": 500,
  "position-limit": 422,
  "order-rate-limit": 429,
  "limits-off": 409,
  unauthenticated: 401,
  forbidden: 403,
  "rate-limited": 429,
};

const MESSAGES: Partial<Record<Reason, string>> = {
  "id-in-use": "an order with this id rests in a book",
  "id-used": "an order with this id was accepted before, and is no longer in a book",
  "unknown-order": "no order with this id rests in a book",
  "would-trade": "a post-only order would have traded",
  "cannot-fill": "a fill-or-kill order could not be filled at once",
  "quantity-overflow": "the quantity at this price would no longer be exact",
  halted: "trading is halted, for this user or for everybody",
  "notional-overflow": "price times quantity would no longer be exact",
  "balance-overflow": "the sum of all deposits would no longer be exact",
  "insufficient-balance": "the user's free balance does not cover this",
  "too-many-in-hand": "this connection waits for too many answers already",
  overloaded: "as many orders are in hand as the engine takes; try again",
  "journal-full": "there is no room to make orders durable; try later",
  "journal-failed":
    "orders can't be made durable; whether this one counts is known after a restart",
  "position-limit": "the user's position could come to more than its limit",
  "order-rate-limit": "the user has sent as many orders this second as the limit allows",
  "limits-off": "this engine keeps no positions; start it with LIMITS=on",
  unauthenticated: "a valid token or key is needed, as Authorization: Bearer or X-API-Key",
  "rate-limited": "this connection sends more commands a second than it may",
  "journal-slow": "the disk takes too long to make orders durable; try later",
  "book-full": "the engine holds as many orders as it may; cancel some or try later",
};

export interface OrderEntryOptions {
  decoder: Decoder;
  pipeline: Pipeline;
  metrics: Metrics;
  fault: Fault | null;
  maxInHand: number;
}

/** What HTTP and WebSocket have in common: one command in, one answer out, counted. */
export class OrderEntry {
  readonly #options: OrderEntryOptions;

  constructor(options: OrderEntryOptions) {
    this.#options = options;
  }

  submitJson(
    value: unknown,
    defaultOp: string | undefined,
    entry: Entry,
    reply: (answer: Answer) => void,
    session: Session = OPEN,
  ): void {
    this.submit(session.admit(this.#options.decoder.decode(value, defaultOp)), entry, reply);
  }

  /** Answers a command that is not even looked at. */
  refuse(reason: Reason, entry: Entry, reply: (answer: Answer) => void): void {
    const answer = refuse(reason, MESSAGES[reason] ?? reason);
    this.#options.metrics.order(entry, answer.code, reason);
    reply(answer);
  }

  submit(decoded: Decoded, entry: Entry, reply: (answer: Answer) => void): void {
    const { metrics, fault } = this.#options;
    const done = (answer: Answer): void => {
      metrics.order(entry, answer.code, "reason" in answer.body ? answer.body.reason : undefined);
      reply(answer);
    };
    if (fault === null || entry === "operator") {
      this.#submit(decoded, done);
      return;
    }
    const startedMs = performance.now();
    const doneSlower = (answer: Answer): void => {
      fault.slowDown(performance.now() - startedMs);
      done(answer);
    };
    if (fault.fails("command" in decoded ? decoded.command.user : 0)) {
      done(refuse("injected-fault", "injected fault"));
      return;
    }
    const delayMs = fault.delayMs();
    if (delayMs === 0) this.#submit(decoded, doneSlower);
    else setTimeout(() => this.#submit(decoded, done), delayMs);
  }

  #submit(decoded: Decoded, done: (answer: Answer) => void): void {
    const { pipeline, maxInHand } = this.#options;
    if ("malformed" in decoded) {
      done(refuse(decoded.malformed.reason, decoded.malformed.message));
      return;
    }
    // Refusing with a reason beats a queue that grows until every answer is too late.
    const refusal = pipeline.inHand >= maxInHand ? "overloaded" : pipeline.refusal();
    if (refusal !== null) {
      done(refuse(refusal, MESSAGES[refusal] ?? refusal));
      return;
    }
    const { command } = decoded;
    const success = command.op === OP.new ? 201 : 200;
    pipeline.submit(command, (outcome) => done(answerTo(outcome, success)));
  }
}

export function refuse(reason: Reason, message: string): Answer {
  const code = CODES[reason] ?? 400;
  return { code, body: { status: code === 500 ? "error" : "rejected", reason, message } };
}

function answerTo(outcome: Outcome, success: number): Answer {
  const { id, reason } = outcome;
  if (reason === undefined) return { code: success, body: outcome };
  const message = MESSAGES[reason] ?? reason;
  return { code: CODES[reason] ?? 400, body: { id, status: "rejected", reason, message } };
}
