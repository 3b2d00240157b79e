import { styleText } from "node:util";
import type { Conclusion, JobResult } from "../run-event.ts";

export type Style = Parameters<typeof styleText>[0];

/** Colours only where they can be seen. */
export type Paint = (style: Style, text: string) => string;

export function painter(colours: boolean): Paint {
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

const MARKS: { readonly [result in JobResult]: { mark: string; style: Style } } = {
  success: { mark: "✓", style: "green" },
  failure: { mark: "✗", style: "red" },
  cancelled: { mark: "!", style: "yellow" },
  skipped: { mark: "-", style: "dim" },
};

export function mark(paint: Paint, result: JobResult | Conclusion): string {
  const { mark: sign, style } = MARKS[result];
  return paint(style, sign);
}
