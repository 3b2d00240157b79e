import { createReadStream } from "node:fs";
import { SluiceError } from "../../lib/error.ts";
import { Replay } from "../../lib/verdict/replay.ts";
import type { VerdictSettings } from "../../lib/verdict/settings.ts";
import { MAX_TRACE_LINE_CHARACTERS, parseTraceLine } from "../../lib/verdict/trace.ts";

export interface Output {
  /** Standard output: JSON lines. */
  write(text: string): Promise<void>;
  /** For people. */
  explain(text: string): void;
}

/** Every file is judged, also after one that cannot be read; then all faults are told at once. */
export async function replayFiles(
  files: readonly string[],
  settings: VerdictSettings,
  output: Output,
): Promise<void> {
  const faults: unknown[] = [];
  for (const file of files) {
    await replayFile(file, settings, output).catch((fault: unknown) => faults.push(fault));
  }
  if (faults.length === 1) throw faults[0];
  if (faults.length > 1) throw together(faults);
}

function together(faults: readonly unknown[]): SluiceError {
  const messages = faults.map((fault) => (fault instanceof Error ? fault.message : String(fault)));
  const hints = faults.flatMap((fault) =>
    fault instanceof SluiceError && fault.hint ? [fault.hint] : [],
  );
  return new SluiceError("invalid-input", messages.join("\n"), hints[0] ? { hint: hints[0] } : {});
}

async function replayFile(file: string, settings: VerdictSettings, output: Output): Promise<void> {
  const replay = new Replay(settings);
  let batch: string[] = [];
  const flush = async () => {
    if (batch.length > 0) await output.write(`${batch.join("\n")}\n`);
    batch = [];
  };
  try {
    let line = 0;
    for await (const lines of linesOf(file)) {
      for (const text of lines) {
        line += 1;
        if (text.trim() === "") continue;
        const where = { file, line };
        batch.push(JSON.stringify(replay.observe(parseTraceLine(text, where), where)));
      }
      await flush();
    }
  } finally {
    await flush();
  }
  const { outcome, t, evidence, explanation } = replay.end();
  await output.write(`${JSON.stringify({ file, outcome, t, evidence })}\n`);
  output.explain(`${file}: ${explanation}\n`);
}

/** Lines as they come, many at a time. */
async function* linesOf(file: string): AsyncGenerator<string[]> {
  const stream = createReadStream(file, { encoding: "utf8", highWaterMark: 1 << 18 });
  let rest = "";
  let count = 0;
  try {
    for await (const chunk of stream) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      count += lines.length;
      if (rest.length > MAX_TRACE_LINE_CHARACTERS) throw tooLong(file, count + 1);
      yield lines;
    }
  } catch (cause) {
    if (cause instanceof SluiceError) throw cause;
    throw new SluiceError("invalid-input", `cannot read the trace ${file}`, {
      hint: "give the path of a trace.jsonl as canary-promote writes it",
      cause,
    });
  }
  if (rest !== "") yield [rest];
}

function tooLong(file: string, line: number): SluiceError {
  return new SluiceError(
    "invalid-input",
    `${file}:${line}: more than ${MAX_TRACE_LINE_CHARACTERS} characters in one line`,
    { hint: "a trace has one JSON object per line" },
  );
}
