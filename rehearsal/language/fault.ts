import { SluiceError } from "../../lib/error.ts";

/** Something in a file that GitHub would refuse, with the place to look at. */
export interface Fault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

export function faultText({ file, line, column, message }: Fault): string {
  return `${file}:${line}:${column}: ${message}`;
}

function byPlace(a: Fault, b: Fault): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** Each fault once, by place. */
export function sortedFaults(faults: readonly Fault[]): Fault[] {
  const unique = new Map(faults.map((fault) => [faultText(fault), fault]));
  return [...unique.values()].sort(byPlace);
}

/** All faults of all files at once, so that they can be mended in one go. */
export class WorkflowFaults extends SluiceError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const sorted = sortedFaults(faults);
    super("invalid-workflow", sorted.map(faultText).join("\n"), {
      hint: "Nothing was started. Mend the lines named above, then rehearse again.",
    });
    this.faults = sorted;
  }
}
