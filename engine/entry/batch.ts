import type { Answer } from "./order-entry.ts";

/** The most commands in one batch, whichever way it comes. */
export const BATCH_LIMIT = 1000;

export type BatchResult = { code: number } & Answer["body"];

/** Submits `count` commands in order and answers once, with the results in the same order. */
export function gather(
  count: number,
  submit: (at: number, reply: (answer: Answer) => void) => void,
  done: (results: BatchResult[]) => void,
): void {
  const results = new Array<BatchResult>(count);
  let missing = count;
  for (let at = 0; at < count; at += 1) {
    submit(at, ({ code, body }) => {
      results[at] = { code, ...body };
      missing -= 1;
      if (missing === 0) done(results);
    });
  }
}
