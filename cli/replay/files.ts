import { SluiceError } from "../../lib/error.ts";
import { Replay } from "../../lib/verdict/replay.ts";
import type { Sample } from "../../lib/verdict/sample.ts";
import type { VerdictSettings } from "../../lib/verdict/settings.ts";
import { isCutOff } from "../../lib/verdict/trace/cut-off.ts";
import { TraceScanner } from "../../lib/verdict/trace/scanner.ts";
import { parseTraceLine } from "../../lib/verdict/trace/trace.ts";
import { linesOf, textOf } from "./lines.ts";

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

/**
 * A last line that is cut off is what a killed writer leaves: the trace is judged up to there, and the note says so.
 * Any other line that is no sample is refused by file and line.
 */
async function replayFile(file: string, settings: VerdictSettings, output: Output): Promise<void> {
  const replay = new Replay(settings);
  const scanner = new TraceScanner();
  let note: string | undefined;
  let batch: string[] = [];
  const flush = async () => {
    if (batch.length > 0) await output.write(`${batch.join("\n")}\n`);
    batch = [];
  };
  try {
    let line = 0;
    for (const { bytes, ends, isEnded } of linesOf(file)) {
      let from = 0;
      for (const end of ends) {
        line += 1;
        const where = { file, line };
        let sample: Sample | null = scanner.scan(bytes, from, end);
        if (!sample) {
          const text = textOf(bytes, from, end);
          if (!isEnded && isCutOff(text)) {
            note = `line ${line}, the last one, is cut off, as a killed writer leaves it: judged up to the line before`;
            break;
          }
          if (text.trim() !== "") sample = parseTraceLine(text, where);
        }
        if (sample) batch.push(JSON.stringify(replay.observe(sample, where)));
        from = end + 1;
      }
      await flush();
    }
  } finally {
    await flush();
  }
  const { outcome, t, evidence, explanation } = replay.end();
  const last = { file, outcome, t, evidence, ...(note === undefined ? {} : { note }) };
  await output.write(`${JSON.stringify(last)}\n`);
  output.explain(`${file}: ${explanation}\n`);
  if (note !== undefined) output.explain(`${file}: ${note}\n`);
}
