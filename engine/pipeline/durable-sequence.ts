import type { Channel } from "./channel.ts";

/** How far the journal is durable, as a sequence: positions in the ring wrap, sequences do not. */
export class DurableSequence {
  readonly #channel: Channel;
  #position = 0;
  #sequence: number;

  /** `before` is the sequence at which the channel began. */
  constructor(channel: Channel, before: number) {
    this.#channel = channel;
    this.#sequence = before;
  }

  /** To be read at least once in 2^31 commands. */
  read(): number {
    const position = this.#channel.durable;
    this.#sequence += (position - this.#position) | 0;
    this.#position = position;
    return this.#sequence;
  }
}
