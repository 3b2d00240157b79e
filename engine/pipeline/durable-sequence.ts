import type { Channel } from "./channel.ts";

/** How far the journal is on this disk, or safe wherever it has to be, as a sequence: positions in the ring wrap, sequences do not. */
export class DurableSequence {
  readonly #channel: Channel;
  #position = 0;
  #sequence: number;

  readonly #kind: "durable" | "safe";

  /** `before` is the sequence at which the channel began. */
  constructor(channel: Channel, before: number, kind: "durable" | "safe" = "safe") {
    this.#kind = kind;
    this.#channel = channel;
    this.#sequence = before;
  }

  /** To be read at least once in 2^31 commands. */
  read(): number {
    const position = this.#channel[this.#kind];
    this.#sequence += (position - this.#position) | 0;
    this.#position = position;
    return this.#sequence;
  }
}
