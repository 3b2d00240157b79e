import type { Cell } from "./cell.ts";
import type { Speed } from "./speed.ts";
import { isInGoal, RIVALS, summary, tables } from "./tables.ts";

/** One self-contained page: two plots and the tables. */
export function page(goods: readonly Cell[], bads: readonly Cell[], speed: Speed): string {
  return `<!doctype html>
<meta charset="utf-8">
<title>The verdict against its peers</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
pre { font: 12px/1.4 ui-monospace, monospace; overflow-x: auto; }
svg { max-width: 100%; height: auto; }
text { font: 12px system-ui, sans-serif; fill: currentColor; }
</style>
<h1>The verdict against its peers</h1>
<pre>${escaped(summary(goods, bads, speed))}</pre>
<h2>False rollbacks of good releases, with 95 % intervals</h2>
${falseRollbacks(goods)}
<h2>Excess bad requests until a bad release is gone (logarithmic)</h2>
${excess(bads)}
<h2>All cells</h2>
<pre>${escaped(tables(goods, bads))}</pre>
`;
}

const ROW = 18;
const LABEL = 260;
const WIDTH = 900;

/** False rollbacks of good releases, with their intervals. */
export function falseRollbacks(cells: readonly Cell[]): string {
  const most = 0.03;
  const x = (share: number) => LABEL + (WIDTH - LABEL - 20) * Math.min(1, share / most);
  const rows = cells.map(({ scenario, sluice }, index) => {
    const y = 20 + index * ROW;
    const { low, high } = sluice.rolledBackShare;
    const share = sluice.rolledBack / sluice.runs;
    return `<text x="0" y="${y + 4}">${escaped(scenario.name)}</text>
<line x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" stroke="#2a6fdb" stroke-width="3"/>
<circle cx="${x(share)}" cy="${y}" r="4" fill="#2a6fdb"/>`;
  });
  const height = 40 + cells.length * ROW;
  const limit = `<line x1="${x(0.01)}" x2="${x(0.01)}" y1="5" y2="${height - 20}" stroke="#c33" stroke-dasharray="4 3"/>
<text x="${x(0.01) + 4}" y="${height - 6}">alpha = 1 %</text>`;
  return svg(height, [...rows, limit]);
}

const COLOURS = {
  sluice: "#2a6fdb",
  documented: "#999",
  tuned: "#d80",
  hindsight: "#a4c",
  oracle: "#2a2",
  bound: "#c33",
};

/** What hides what, when two have about the same: the last is on top. */
const PLOTTED = ["documented", "oracle", "hindsight", "tuned"] as const;
const LEGEND_COLUMNS = 2;
const LEGEND_HEIGHT = 80;

/** Excess of the judges in each cell of the goal, on a logarithmic scale. */
export function excess(all: readonly Cell[]): string {
  const cells = all.filter(isInGoal);
  const values = cells.flatMap((cell) => [cell.bound, RIVALS.documented.of(cell)?.excess ?? 0]);
  const least = Math.log10(Math.max(0.1, Math.min(...values.filter((value) => value > 0))));
  const most = Math.log10(Math.max(10, ...values));
  const x = (value: number) =>
    LABEL + ((WIDTH - LABEL - 20) * (Math.log10(Math.max(0.1, value)) - least)) / (most - least);
  const rows = cells.map((cell, index) => {
    const y = LEGEND_HEIGHT + index * ROW;
    const dot = (value: number | undefined, colour: string) =>
      value === undefined
        ? ""
        : `<circle cx="${x(value).toFixed(1)}" cy="${y}" r="4" fill="${colour}"/>`;
    return `<text x="0" y="${y + 4}">${escaped(cell.scenario.name)}</text>
${dot(cell.bound, COLOURS.bound)}${PLOTTED.map((rival) => dot(RIVALS[rival].of(cell)?.excess, COLOURS[rival])).join("")}${dot(cell.sluice.excess, COLOURS.sluice)}`;
  });
  const legend = [
    { name: "Sluice", colour: COLOURS.sluice },
    ...PLOTTED.map((rival) => ({
      name: `best peer, ${RIVALS[rival].name}`,
      colour: COLOURS[rival],
    })),
    { name: "least possible", colour: COLOURS.bound },
  ].map(({ name, colour }, index) => {
    const left = 10 + (index % LEGEND_COLUMNS) * (WIDTH / LEGEND_COLUMNS);
    const y = 12 + Math.floor(index / LEGEND_COLUMNS) * ROW;
    return `<circle cx="${left}" cy="${y}" r="5" fill="${colour}"/><text x="${left + 10}" y="${y + 4}">${name}</text>`;
  });
  return svg(LEGEND_HEIGHT + 10 + cells.length * ROW, [...legend, ...rows]);
}

function svg(height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">${parts.join("\n")}</svg>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
