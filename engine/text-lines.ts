import { StringDecoder } from "node:string_decoder";

/** Of what is longer, only so much is kept: no line that means anything is as long. */
const LINE_LIMIT = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Text lines out of pieces of bytes. Only a line feed ends a line, with or without a carriage return before it: a text in
 * JSON may hold what else Unicode calls the end of a line.
 */
export class TextLines {
  readonly #visit: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  #begun = "";
  #isFirst = true;

  constructor(visit: (line: string) => void) {
    this.#visit = visit;
  }

  push(bytes: Buffer): void {
    const end = bytes.lastIndexOf(NEWLINE);
    if (end < 0) {
      this.#begin(this.#decoder.write(bytes));
      return;
    }
    const lines = this.#decoder.write(bytes.subarray(0, end)).split("\n");
    lines[0] = this.#begun + lines[0];
    this.#begun = "";
    for (const line of lines) this.#line(line);
    this.#begin(this.#decoder.write(bytes.subarray(end + 1)));
  }

  end(): void {
    this.#begin(this.#decoder.end());
    if (this.#begun !== "") this.#line(this.#begun);
  }

  #begin(text: string): void {
    if (this.#begun.length < LINE_LIMIT) this.#begun += text;
  }

  #line(line: string): void {
    let text = line.endsWith("\r") ? line.slice(0, -1) : line;
    // Some editors begin a file with a mark of their encoding.
    if (this.#isFirst && text.startsWith("\uFEFF")) text = text.slice(1);
    this.#isFirst = false;
    this.#visit(text);
  }
}
