import { DEFAULT_SETTINGS } from "../../lib/verdict/verdict.ts";
import type { Cell } from "./cell.ts";
import type { Outcome } from "./measure.ts";
import type { Ended } from "./rollout.ts";
import type { Speed } from "./speed.ts";

const ALPHA = DEFAULT_SETTINGS.alpha;

/** More often than alpha, though the last word may be that it was bad luck. */
export function isAboveAlpha({ sluice }: Cell): boolean {
  return share(sluice) > ALPHA;
}

export function tables(goods: readonly Cell[], bads: readonly Cell[]): string {
  return `${table(goodRows(goods))}\n\n${table(badRows(bads))}\n`;
}

export function goodRows(cells: readonly Cell[]): string[][] {
  const names = cells[0]?.documented.map(({ judge }) => judge) ?? [];
  const rows = cells.map(({ scenario, sluice, documented, held, early }) => [
    scenario.name,
    rate(sluice),
    ...documented.map(rate),
    percent(sluice.inconclusive / sluice.runs),
    seconds(sluice.promoteSeconds),
    conducted(held),
    conducted(early),
  ]);
  const header = [
    "good release",
    "Sluice rolls back",
    ...names,
    "undecided",
    "shown good after (95 %)",
    "promoted, held",
    "promoted, early",
  ];
  return [header, ...rows];
}

export function badRows(cells: readonly Cell[]): string[][] {
  const rows = cells.map((cell) => {
    const { scenario, sluice, documented, service, oracle, bound } = cell;
    return [
      scenario.name,
      percent(sluice.rolledBack / sluice.runs),
      seconds(sluice.detectSeconds),
      number(sluice.excess),
      ...documented.map((one) => number(one.excess)),
      service ? number(service.excess) : "",
      oracle ? number(oracle.excess) : "",
      scenario.latency ? "" : number(bound),
      times(cell, service),
      times(cell, oracle),
      goalOf(cell, leastDocumented(cell)),
      goalOf(cell, service),
      promotedShare(cell.held),
      promotedShare(cell.early),
    ];
  });
  const names = cells[0]?.documented.map(({ judge }) => judge.replace(" (documented)", "")) ?? [];
  const header = [
    "bad release",
    "found",
    "after (95 %)",
    "excess",
    ...names,
    "best tuned",
    "best oracle",
    "least possible",
    "of tuned",
    "of oracle",
    "goal, documented",
    "goal, tuned",
    "promoted, held",
    "promoted, early",
  ];
  return [header, ...rows];
}

/** The goals, and in how many cells they hold. */
export function summary(goods: readonly Cell[], bads: readonly Cell[], speed: Speed): string {
  const worst = worstOf(goods);
  const judged = bads.filter(isInGoal);
  const count = (peer: (cell: Cell) => Outcome | null, goal: Goal) =>
    judged.filter((cell) => goalOf(cell, peer(cell)) === goal).length;
  const against = (name: string, peer: (cell: Cell) => Outcome | null) =>
    `  ${name}: ${count(peer, "met")} met, ${count(peer, "below bound")} below the least possible, ${count(peer, "missed")} missed`;
  const lines = [
    worst
      ? `false rollback: at most ${rate(worst.sluice)} in any of ${goods.length} cells (${worst.scenario.name}); alpha or less in ${goods.filter((cell) => !isAboveAlpha(cell)).length}`
      : "",
    `good releases of which 95 % are promoted no later than the peers, at the end of the plan: ${goods.filter(({ held }) => isInTime(held)).length} of ${goods.length} cells; with early ${goods.filter(({ early }) => isInTime(early)).length}`,
    `good releases of which 95 % are shown to be good before the end of the plan: ${goods.filter(isShown).length} of ${goods.length} cells`,
    `excess at most a third of the best peer's, ratio >= 2 and 200/s or more, ${judged.length} cells:`,
    against("peers as documented", leastDocumented),
    against("peers tuned for the service", ({ service }) => service),
    against("peers told all but the answer", ({ oracle }) => oracle),
    `windows per second of one core: ${Math.round(speed.errors)} (errors), ${Math.round(speed.errorsAndLatency)} (errors and latency)`,
    `windows per second of sluice replay, of which 100,000 are the goal: ${Math.round(speed.replay.errors)} (errors), ${Math.round(speed.replay.errorsAndLatency)} (errors and latency)`,
    `lines per second of JSON.parse alone: ${Math.round(speed.parse.errors)} (errors), ${Math.round(speed.parse.errorsAndLatency)} (errors and latency)`,
  ];
  return `${lines.join("\n")}\n`;
}

export function worstOf(goods: readonly Cell[]): Cell | undefined {
  return [...goods].sort((a, b) => share(b.sluice) - share(a.sluice))[0];
}

/** How often the verdict rolled a good release back, on average over all cells. */
export function rateOfAll(goods: readonly Cell[]): number {
  return goods.reduce((sum, { sluice }) => sum + share(sluice), 0) / Math.max(1, goods.length);
}

/** The verdict's own word: evidence that the release is good enough. */
export function isShown({ sluice }: Cell): boolean {
  return sluice.promoted >= 0.95 * sluice.runs;
}

/** What canary-promote did. */
export function isInTime({ inTime, runs }: Ended): boolean {
  return inTime >= 0.95 * runs;
}

export type Goal = "met" | "below bound" | "missed" | "";

/**
 * Whether a third of the peer's excess was enough; `below bound` where a third is less than what a test that
 * knows the fault beforehand lets through on average, so that nobody could meet the goal.
 */
export function goalOf(cell: Cell, peer: Outcome | null): Goal {
  if (peer === null || !isInGoal(cell)) return "";
  if (isThird(cell, peer)) return "met";
  return !cell.scenario.latency && cell.bound > peer.excess / 3 ? "below bound" : "missed";
}

export function isInGoal({ scenario }: Cell): boolean {
  return scenario.ratio >= 2 && scenario.rate >= 200;
}

export function leastDocumented({ documented }: Cell): Outcome | null {
  return documented.reduce<Outcome | null>(
    (least, one) => (least === null || one.excess < least.excess ? one : least),
    null,
  );
}

export function isThird({ sluice }: Cell, peer: Outcome | null): boolean {
  return peer !== null && sluice.excess <= peer.excess / 3;
}

export function share({ rolledBack, runs }: Outcome): number {
  return rolledBack / runs;
}

export function rate(outcome: Outcome): string {
  const { low, high } = outcome.rolledBackShare;
  return `${percent(share(outcome))} [${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`;
}

function times({ sluice }: Cell, peer: Outcome | null): string {
  return peer && peer.excess > 0 ? `×${(sluice.excess / peer.excess).toFixed(2)}` : "";
}

/** `100.0 %, 132 s (281 s)` */
function conducted(ended: Ended): string {
  return ended.promoted === 0
    ? "none"
    : `${promotedShare(ended)}, ${seconds(ended.promoteSeconds)}`;
}

function promotedShare({ promoted, runs }: Ended): string {
  return percent(promoted / runs);
}

export function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

export function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

export function seconds({ median, p95 }: { median: number; p95: number }): string {
  return Number.isNaN(median) ? "never" : `${median} s (${p95} s)`;
}

export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
