import { DEFAULT_SETTINGS } from "../../lib/verdict/verdict.ts";
import { type Cell, leastExcess } from "./cell.ts";
import { wilson } from "./interval.ts";
import type { Outcome } from "./measure.ts";
import { ALL_SETTINGS } from "./peers/tunable.ts";
import type { Ended } from "./rollout.ts";
import { serviceOf } from "./service.ts";
import type { Speed } from "./speed.ts";

const ALPHA = DEFAULT_SETTINGS.alpha;

/** The best peer of a cell. */
export interface Rival {
  name: string;
  column: string;
  of(cell: Cell): Outcome | null;
}

/** By how much whoever set the peers up was told: the later, the more. */
export const RIVALS = {
  documented: {
    name: "as documented",
    column: "documented",
    of: ({ documented }) => leastExcess(documented),
  },
  tuned: {
    name: "tuned for the service",
    column: "tuned",
    of: ({ tuned }) => leastExcess(tuned),
  },
  hindsight: {
    name: `tuned, the best of ${ALL_SETTINGS.length} settings in hindsight`,
    column: "in hindsight",
    of: ({ hindsight }) => hindsight,
  },
  oracle: {
    name: "told all but the answer (oracle)",
    column: "oracle",
    of: ({ oracle }) => oracle,
  },
} satisfies Record<string, Rival>;

export const ALL_RIVALS: Rival[] = Object.values(RIVALS);

/** More often than alpha, though the last word may be that it was bad luck. */
export function isAboveAlpha({ sluice }: Cell): boolean {
  return share(sluice) > ALPHA;
}

export function tables(goods: readonly Cell[], bads: readonly Cell[]): string {
  return `${table(goodRows(goods))}\n\n${table(badRows(bads))}\n`;
}

export function goodRows(cells: readonly Cell[]): string[][] {
  const names = cells[0]?.documented.map(({ judge }) => judge) ?? [];
  const peers = tunedPeers(cells);
  const rows = cells.map(({ scenario, sluice, documented, tuned, held, early }) => [
    scenario.name,
    rate(sluice),
    ...documented.map(rate),
    ...peers.map((_, index) => (tuned[index] ? rate(tuned[index]) : "")),
    percent(sluice.inconclusive / sluice.runs),
    seconds(sluice.promoteSeconds),
    conducted(held),
    conducted(early),
  ]);
  const header = [
    "good release",
    "Sluice rolls back",
    ...names,
    ...peers.map((peer) => `${peer} (tuned)`),
    "undecided",
    "shown good after (95 %)",
    "promoted, held",
    "promoted, early",
  ];
  return [header, ...rows];
}

export function badRows(cells: readonly Cell[]): string[][] {
  const rivals = [RIVALS.tuned, RIVALS.hindsight, RIVALS.oracle];
  const rows = cells.map((cell) => {
    const { scenario, sluice, documented, bound } = cell;
    return [
      scenario.name,
      percent(sluice.rolledBack / sluice.runs),
      seconds(sluice.detectSeconds),
      number(sluice.excess),
      ...documented.map((one) => number(one.excess)),
      ...rivals.map((rival) => excessOf(rival.of(cell))),
      scenario.latency ? "" : number(bound),
      ...rivals.map((rival) => times(cell, rival.of(cell))),
      ...ALL_RIVALS.map((rival) => goalOf(cell, rival.of(cell))),
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
    ...rivals.map(({ column }) => `best ${column}`),
    "least possible",
    ...rivals.map(({ column }) => `of ${column}`),
    ...ALL_RIVALS.map(({ column }) => `goal, ${column}`),
    "promoted, held",
    "promoted, early",
  ];
  return [header, ...rows];
}

/** What each peer is tuned to, service by service. */
export function settingRows(bads: readonly Cell[]): string[][] {
  const services = Map.groupBy(
    bads.filter(({ tuned }) => tuned.length > 0),
    ({ scenario }) => serviceOf(scenario),
  );
  const rows = [...services.values()].map((cells) => {
    const { scenario, tuned } = cells[0] as Cell;
    const { rate, baseError, coldError, latency } = scenario;
    const percentage = Number((100 * baseError).toPrecision(3));
    const watched = latency ? ", latency" : "";
    const cold = coldError > 0 ? ", both cold" : "";
    return [
      `${rate}/s ${percentage} %${watched}${cold}`,
      ...tuned.map(({ judge }) => judge.slice(peerOf(judge).length + 2)),
    ];
  });
  return [["service", ...tunedPeers(bads)], ...rows];
}

/** By name, in the order of `Cell.tuned`; none, when no peer was tuned. */
function tunedPeers(cells: readonly Cell[]): string[] {
  const tuned = cells.map((cell) => cell.tuned).find(({ length }) => length > 0);
  return (tuned ?? []).map(({ judge }) => peerOf(judge));
}

/** `Flagger` of `Flagger, 10s, [30s], threshold 1` */
function peerOf(judge: string): string {
  return judge.split(", ")[0] as string;
}

/** How often a tuned peer was seen to roll good releases back, which is not what it was tuned to: that was on others. */
export interface TunedRate {
  peer: string;
  average: number;
  /** Of the average, 95 %. */
  interval: { low: number; high: number };
  worst: { cell: string; outcome: Outcome };
}

export function tunedRates(goods: readonly Cell[]): TunedRate[] {
  return tunedPeers(goods).map((peer, index) => {
    const cells = goods.map(({ scenario, tuned }) => ({
      cell: scenario.name,
      outcome: tuned[index] as Outcome,
    }));
    const sum = (of: (outcome: Outcome) => number) =>
      cells.reduce((total, { outcome }) => total + of(outcome), 0);
    const [worst] = [...cells].sort((a, b) => share(b.outcome) - share(a.outcome));
    return {
      peer,
      average: sum(share) / cells.length,
      interval: wilson(
        sum(({ rolledBack }) => rolledBack),
        sum(({ runs }) => runs),
      ),
      worst: worst as NonNullable<typeof worst>,
    };
  });
}

/** The goals, and in how many cells they hold. */
export function summary(goods: readonly Cell[], bads: readonly Cell[], speed: Speed): string {
  const worst = worstOf(goods);
  const judged = bads.filter(isInGoal);
  const count = (rival: Rival, goal: Goal) =>
    judged.filter((cell) => goalOf(cell, rival.of(cell)) === goal).length;
  const against = (rival: Rival) =>
    `  ${rival.name}: ${count(rival, "met")} met, ${count(rival, "below bound")} below the least possible, ${count(rival, "missed")} missed`;
  const lines = [
    worst
      ? `false rollback: at most ${rate(worst.sluice)} in any of ${goods.length} cells (${worst.scenario.name}); alpha or less in ${goods.filter((cell) => !isAboveAlpha(cell)).length}`
      : "",
    `good releases of which 95 % are promoted no later than the peers, at the end of the plan: ${goods.filter(({ held }) => isInTime(held)).length} of ${goods.length} cells; with early ${goods.filter(({ early }) => isInTime(early)).length}`,
    `good releases of which 95 % are shown to be good before the end of the plan: ${goods.filter(isShown).length} of ${goods.length} cells`,
    `excess at most a third of the best peer's, ratio >= 2 and 200/s or more, ${judged.length} cells:`,
    ...ALL_RIVALS.map(against),
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

/** Empty where there was no such peer. */
export function excessOf(peer: Outcome | null): string {
  return peer ? number(peer.excess) : "";
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
