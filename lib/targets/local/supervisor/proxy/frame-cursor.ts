/**
 * Follows a stream of WebSocket frames, only to know whether a frame of our own may be put in now.
 * Fragments of a message may have a control frame between them, so the end of any frame will do.
 */
export class FrameCursor {
  #header: number[] = [];
  #payloadLeft = 0;

  get isBetweenFrames(): boolean {
    return this.#header.length === 0 && this.#payloadLeft === 0;
  }

  pass(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#payloadLeft > 0) {
        const step = Math.min(this.#payloadLeft, chunk.length - at);
        this.#payloadLeft -= step;
        at += step;
        continue;
      }
      this.#header.push(chunk[at] ?? 0);
      at += 1;
      const length = payloadLength(this.#header);
      if (length === undefined) continue;
      this.#payloadLeft = length;
      this.#header = [];
    }
  }
}

/** Undefined while the header is not complete. */
function payloadLength(header: readonly number[]): number | undefined {
  const second = header[1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskBytes = second & 0x80 ? 4 : 0;
  if (header.length < 2 + lengthBytes + maskBytes) return undefined;
  if (lengthBytes === 0) return short;
  return header.slice(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
}
