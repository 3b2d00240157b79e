import { type Command, OP, type Reason } from "../core/command.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Fault } from "../fault.ts";
import type { Entry, Metrics } from "../metrics.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Decoded, Decoder, Malformed } from "./decode.ts";
import { codeOf, messageOf } from "./reasons.ts";
import { OPEN, type Session } from "./session.ts";

/** The answer to one command; `code` is an HTTP status on every way in. */
export interface Answer {
  code: number;
  body: Outcome | { id?: number; status: "rejected" | "error"; reason: Reason; message: string };
}

export interface OrderEntryOptions {
  decoder: Decoder;
  pipeline: Pipeline;
  metrics: Metrics;
  fault: Fault | null;
  maxInHand: number;
}

/** What HTTP and JSON by WebSocket have in common: one command in, one answer out, counted. */
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
    this.submit(this.#options.decoder.decode(value, defaultOp), entry, reply, session);
  }

  /** Answers a command that is not even looked at. */
  refuse(
    reason: Reason,
    entry: Entry,
    reply: (answer: Answer) => void,
    message = messageOf(reason),
  ): void {
    const answer = refuse(reason, message);
    this.#options.metrics.order(entry, answer.code, reason);
    reply(answer);
  }

  submit(
    decoded: Decoded,
    entry: Entry,
    reply: (answer: Answer) => void,
    session: Session = OPEN,
  ): void {
    const { metrics, fault } = this.#options;
    const command = "command" in decoded ? decoded.command : null;
    const malformed = session.admit(command) ?? ("malformed" in decoded ? decoded.malformed : null);
    const done = (answer: Answer): void => {
      metrics.order(entry, answer.code, "reason" in answer.body ? answer.body.reason : undefined);
      reply(answer);
    };
    if (fault === null || entry === "operator") this.#submit(command, malformed, done);
    else this.#submitFaulty(fault, command, malformed, done);
  }

  #submitFaulty(
    fault: Fault,
    command: Command | null,
    malformed: Malformed | null,
    done: (answer: Answer) => void,
  ): void {
    const startedMs = performance.now();
    const doneSlower = (answer: Answer): void => {
      fault.slowDown(performance.now() - startedMs);
      done(answer);
    };
    if (fault.fails(malformed === null ? (command?.user ?? 0) : 0)) {
      done(refuse("injected-fault"));
      return;
    }
    const delayMs = fault.delayMs();
    if (delayMs === 0) this.#submit(command, malformed, doneSlower);
    else setTimeout(() => this.#submit(command, malformed, done), delayMs);
  }

  #submit(
    command: Command | null,
    malformed: Malformed | null,
    done: (answer: Answer) => void,
  ): void {
    const { pipeline, maxInHand } = this.#options;
    if (malformed !== null || command === null) {
      done(refuse(malformed?.reason ?? "malformed", malformed?.message));
      return;
    }
    // Refusing with a reason beats a queue that grows until every answer is too late.
    const refusal = pipeline.inHand >= maxInHand ? "overloaded" : pipeline.refusal();
    if (refusal !== null) {
      done(refuse(refusal));
      return;
    }
    const success = command.op === OP.new ? 201 : 200;
    pipeline.submit(command, (outcome) => done(answerTo(outcome, success)));
  }
}

export function refuse(reason: Reason, message = messageOf(reason)): Answer {
  const code = codeOf(reason);
  return { code, body: { status: code === 500 ? "error" : "rejected", reason, message } };
}

function answerTo(outcome: Outcome, success: number): Answer {
  const { id, reason } = outcome;
  if (reason === undefined) return { code: success, body: outcome };
  return {
    code: codeOf(reason),
    body: { id, status: "rejected", reason, message: messageOf(reason) },
  };
}
