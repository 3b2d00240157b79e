import { blankCommand, type Command, OP, type Reason } from "../core/command.ts";
import type { Fault } from "../fault.ts";
import type { Metrics } from "../metrics.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { FrameAnswer } from "./frame-answer.ts";
import type { Session } from "./session.ts";
import { COMMAND_BYTES, type WireDecoder } from "./wire.ts";

export interface FrameEntryOptions {
  wire: WireDecoder;
  pipeline: Pipeline;
  metrics: Metrics;
  fault: Fault | null;
  maxInHand: number;
}

type Done = (answer: Uint8Array) => void;

/** Commands by frames: from the client's bytes into the ring, and from the core's events into the bytes of one answer. */
export class FrameEntry {
  readonly #options: FrameEntryOptions;
  readonly #command: Command = blankCommand();

  constructor(options: FrameEntryOptions) {
    this.#options = options;
  }

  /** Answers all commands of a frame that is not even looked at. */
  refuse(frame: Uint8Array, reason: Reason, done: Done): void {
    const count = frame.length / COMMAND_BYTES;
    const answer = new FrameAnswer(count, this.#options.metrics, done);
    for (let place = 0; place < count; place += 1) answer.refuse(place, reason);
    answer.done(true);
  }

  /** A frame of whole commands, as many as the decoder takes at most. */
  submit(frame: Uint8Array, session: Session, done: Done): void {
    const { fault } = this.#options;
    const delayMs = fault === null ? 0 : longestDelayMs(fault, frame.length / COMMAND_BYTES);
    if (delayMs === 0) this.#submit(frame, session, done);
    else setTimeout(() => this.#submit(frame, session, done), delayMs);
  }

  #submit(frame: Uint8Array, session: Session, done: Done): void {
    const { wire, pipeline, metrics, fault } = this.#options;
    const count = frame.length / COMMAND_BYTES;
    const startedAt = fault === null ? 0 : performance.now();
    const answer = new FrameAnswer(count, metrics, (bytes) => {
      fault?.slowDown(performance.now() - startedAt);
      done(bytes);
    });
    const nowMs = pipeline.now();
    const unable = pipeline.refusal();
    const command = this.#command;
    wire.load(frame);
    for (let place = 0; place < count; place += 1) {
      const refusal = this.#refusal(place, session) ?? unable ?? this.#overload();
      if (refusal !== null) {
        answer.refuse(place, refusal);
        continue;
      }
      pipeline.write(command, nowMs);
      answer.expect(place, command.id, command.op === OP.new ? command.qty : 0);
    }
    if (answer.isAwaited) pipeline.await(answer);
    else answer.done(true);
  }

  /** Reads the frame's next command, and says why it is not taken, whatever the engine's state. */
  #refusal(place: number, session: Session): Reason | null {
    const { wire, fault } = this.#options;
    const command = this.#command;
    const wrong = wire.read(place, command);
    const refusal = session.admit(wrong === null ? command : null)?.reason ?? wrong;
    const user = refusal === null ? command.user : 0;
    return fault?.fails(user) ? "injected-fault" : refusal;
  }

  #overload(): Reason | null {
    const { pipeline, maxInHand } = this.#options;
    return pipeline.inHand >= maxInHand || pipeline.room === 0 ? "overloaded" : null;
  }
}

/** A frame is as late as the latest of its commands. */
function longestDelayMs(fault: Fault, commands: number): number {
  let longest = 0;
  for (let at = 0; at < commands; at += 1) longest = Math.max(longest, fault.delayMs());
  return longest;
}
