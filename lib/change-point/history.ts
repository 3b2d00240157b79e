import { z } from "zod";
import { SluiceError } from "../error.ts";

/** One figure of one run. */
export const Figure = z.object({
  name: z.string().min(1),
  value: z.number().positive(),
  unit: z.string(),
  better: z.enum(["lower", "higher"]),
});

/** What one run measured; the file `figures` of the action. */
export const Figures = z.object({ figures: z.array(Figure).min(1) });

/** One line of the history. */
export const HistoryLine = z.object({
  at: z.iso.datetime(),
  commit: z.string().regex(/^[0-9a-f]{7,64}$/, "a commit"),
  figures: z.array(Figure),
});

export type Figure = z.infer<typeof Figure>;
export type HistoryLine = z.infer<typeof HistoryLine>;

/** Reads JSON lines; a line that is none is an error, since a history with a hole decides otherwise. */
export function readHistory(text: string, name: string): HistoryLine[] {
  return text
    .split("\n")
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== "")
    .map(({ line, number }) => readLine(line, `${name}, line ${number}`));
}

function readLine(line: string, place: string): HistoryLine {
  try {
    return HistoryLine.parse(JSON.parse(line));
  } catch (cause) {
    throw new SluiceError("invalid-input", `${place} is no line of a history`, {
      cause,
      hint: "each line is JSON of at, commit and figures; take the broken line out",
    });
  }
}

/** The history as text, a line each. */
export function historyText(history: readonly HistoryLine[]): string {
  return history.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** One figure over time. */
export interface Series {
  readonly figure: Omit<Figure, "value">;
  readonly points: readonly {
    readonly commit: string;
    readonly at: string;
    readonly value: number;
  }[];
}

/** The series of all figures that the last line has, over the last `most` lines. */
export function seriesOf(history: readonly HistoryLine[], most: number): Series[] {
  const lines = history.slice(-most);
  return (lines.at(-1)?.figures ?? []).map(({ value: _value, ...figure }) => ({
    figure,
    points: lines.flatMap(({ commit, at, figures }) => {
      const found = figures.find(({ name }) => name === figure.name);
      return found ? [{ commit, at, value: found.value }] : [];
    }),
  }));
}
