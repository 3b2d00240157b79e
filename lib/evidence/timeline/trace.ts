import type { Sample } from "../../verdict/sample.ts";
import { parseTraceLine } from "../../verdict/trace/trace.ts";

/**
 * The samples of a trace.jsonl. Its last line may be cut off, as a killed runner leaves it; any other line that
 * is no sample is an error that names its number.
 */
export function readTrace(text: string, file: string): Sample[] {
  const lines = text.split("\n");
  // After a text that ends with a line end comes an empty piece, else a line that is not complete.
  const last = lines.pop() ?? "";
  const samples = lines.flatMap((line, index) =>
    line.trim() === "" ? [] : [parseTraceLine(line, { file, line: index + 1 })],
  );
  return last.trim() === "" ? samples : [...samples, ...ifComplete(last, file)];
}

function ifComplete(line: string, file: string): Sample[] {
  try {
    return [parseTraceLine(line, { file, line: 0 })];
  } catch {
    return [];
  }
}

/** One line of a trace. */
export type TraceLine = Sample;
