import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cell } from "./cell.ts";
import type { Outcome } from "./measure.ts";
import { PASTS } from "./scenario.ts";
import type { Speed } from "./speed.ts";
import {
  ALL_RIVALS,
  badRows,
  excessOf,
  goalOf,
  goodRows,
  isAboveAlpha,
  isInGoal,
  isInTime,
  isShown,
  number,
  percent,
  RIVALS,
  rate,
  rateOfAll,
  seconds,
  settingRows,
  share,
  type TunedRate,
  tunedRates,
  worstOf,
} from "./tables.ts";

/** All that a run has measured. */
export interface Results {
  goods: Cell[];
  /** Good releases for which nothing is promised. */
  lasting: Cell[];
  bads: Cell[];
  windowsPerSecond: Speed;
}

/** The figures of docs/verdict.md, and docs/verdict-bench.md with every cell: written by the run itself. */
export async function writeDocs(docs: string, results: Results): Promise<void> {
  const page = join(docs, "verdict.md");
  const text = await readFile(page, "utf8");
  await writeFile(page, filled(text, figures(results)));
  await writeFile(join(docs, "verdict-bench.md"), allCells(results.goods, results.bads));
}

const BEGIN = "<!-- bench:begin -->";
const END = "<!-- bench:end -->";

function filled(text: string, inside: string): string {
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`no ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n${inside}\n${END}${after}`;
}

/** The cells that are shown on the page; all of them are in the other one. */
const SHOWN = [
  "200/s 1 % ×2",
  "200/s 1 % ×5",
  "200/s 1 % ×50",
  "200/s 0.1 % ×10",
  "2000/s 0.1 % ×5",
  "onset at 7 min ×5",
  "200/s 1 % ×5 burst 10",
  "200/s 0.01 % ×2",
];

export function figures({ goods, lasting, bads, windowsPerSecond }: Results): string {
  return [
    falseRollbacks(goods),
    lastingFalseRollbacks(lasting),
    excess(bads),
    goals(bads),
    promotion(goods),
    speeds(windowsPerSecond),
  ].join("\n\n");
}

function falseRollbacks(goods: readonly Cell[]): string {
  const worst = worstOf(goods);
  if (!worst) return "";
  const peers = worst.documented.map(({ judge }, index) => {
    const most = Math.max(...goods.map(({ documented }) => share(documented[index] as Outcome)));
    return `${judge} ${(100 * most).toFixed(1)} %`;
  });
  const fewest = Math.min(...goods.map(({ sluice }) => sluice.runs));
  const more = goods.filter(({ sluice }) => sluice.runs > fewest);
  const longer =
    more.length === 0
      ? ""
      : ` (${more.map(({ scenario, sluice }) => `${scenario.name}: ${sluice.runs}, as the first ${fewest} were above α`).join("; ")})`;
  return `**False rollbacks** of good releases, ${goods.length} cells of ${fewest} rollouts${longer}: ${(100 * rateOfAll(goods)).toFixed(2)} % on average, and at most **${rate(worst.sluice)}** in any cell (${worst.scenario.name}); α or less in ${goods.filter((cell) => !isAboveAlpha(cell)).length}. Peers in their worst cells: ${peers.join(", ")}.${tunedFalseRollbacks(goods)}`;
}

/** Whether the peers really are as rarely wrong as the verdict, seen on the rollouts that it was measured on. */
function tunedFalseRollbacks(goods: readonly Cell[]): string {
  const checked = goods.filter(({ tuned }) => tuned.length > 0);
  const isDead = ({ scenario }: Cell) => scenario.diesSeconds !== null;
  const cells = checked.filter((cell) => !isDead(cell));
  if (cells.length === 0) return "";
  const ours = rateOfAll(cells);
  const peers = tunedRates(cells).map((peer) => tunedRate(peer, ours));
  const dead = checked.filter(isDead).map((cell) => {
    const rates = tunedRates([cell]).map(({ peer, average }) => `${peer} ${percent(average)}`);
    return ` Left out, since nobody tunes for it: ${cell.scenario.name}, ${rates.join(", ")}.`;
  });
  return ` **Tuned** for the service they roll back, of the first ${cells[0]?.tuned[0]?.runs} rollouts of each of ${cells.length} cells, of which Sluice rolls back ${(100 * ours).toFixed(2)} % on average: ${peers.join("; ")}.${dead.join("")}`;
}

function tunedRate({ peer, average, interval, worst }: TunedRate, ours: number): string {
  const { low, high } = interval;
  const compared = ours > 0 ? `, ×${(average / ours).toFixed(2)} of Sluice's` : "";
  return `${peer} ${(100 * average).toFixed(2)} % [${(100 * low).toFixed(2)}, ${(100 * high).toFixed(2)}] on average${compared}, and at most ${rate(worst.outcome)} (${worst.cell})`;
}

/** Where the promise does not hold, to be found beside where it does. */
function lastingFalseRollbacks(cells: readonly Cell[]): string {
  const causes = Map.groupBy(
    cells,
    ({ scenario }) => `${scenario.burst} errors over ${scenario.causeSeconds} s`,
  );
  const rows = [...causes].map(([cause, ofCause]) => [
    cause,
    ...[...PASTS.keys()].map((past) => {
      const cell = ofCause.find(({ scenario }) => scenario.pastSeconds === past);
      return cell ? rate(cell.sluice) : "";
    }),
  ]);
  return `**Where α does not hold**: good releases whose errors have causes that last, 200/s 1 %, ${cells[0]?.sluice.runs ?? 0} rollouts each, by how long stable was sampled before the first weight:\n\n${markdown([["rolled back", ...PASTS.values()], ...rows])}`;
}

function excess(bads: readonly Cell[]): string {
  const rows = bads
    .filter(({ scenario }) => SHOWN.includes(scenario.name))
    .map((cell) => [
      cell.scenario.name,
      found(cell.sluice),
      number(cell.sluice.excess),
      ...ALL_RIVALS.map((rival) => excessOf(rival.of(cell))),
      number(cell.bound),
    ]);
  const head = [
    "cell",
    "found after (95 %)",
    "Sluice",
    ...ALL_RIVALS.map(({ column }) => `best ${column}`),
    "least possible",
  ];
  return `**Excess** until a bad release is gone, ${bads[0]?.sluice.runs ?? 0} rollouts a cell:\n\n${markdown([head, ...rows])}`;
}

function found(outcome: Outcome): string {
  const share = outcome.rolledBack / outcome.runs;
  return share < 0.9
    ? `in ${(100 * share).toFixed(0)} % of rollouts`
    : seconds(outcome.detectSeconds);
}

function goals(bads: readonly Cell[]): string {
  const judged = bads.filter(isInGoal);
  const rows = ALL_RIVALS.map((rival) => {
    const of = judged.map((cell) => goalOf(cell, rival.of(cell)));
    const count = (goal: string) => `${of.filter((one) => one === goal).length}`;
    const better = judged.filter((cell) => cell.sluice.excess < (rival.of(cell)?.excess ?? 0));
    return [rival.name, count("met"), count("below bound"), count("missed"), `${better.length}`];
  });
  const head = [
    "best peer",
    "a third or less",
    "a third is below the bound",
    "missed",
    "less than the peer's",
  ];
  return `**Goal**: a third of the best peer's excess, at ratio 2 or more and 200 requests a second or more, ${judged.length} cells:\n\n${markdown([head, ...rows])}\n\n${missed(judged)}`;
}

/** An oracle tells what could be known at most: nobody sets a goal by it. */
const NAMED_WHEN_MISSED = [RIVALS.documented, RIVALS.tuned, RIVALS.hindsight];

/** By name, with figures: what is lost has to be as easy to find as what is won. */
function missed(judged: readonly Cell[]): string {
  const rows = judged
    .filter((cell) => NAMED_WHEN_MISSED.some((rival) => goalOf(cell, rival.of(cell)) === "missed"))
    .map((cell) => [
      cell.scenario.name,
      number(cell.sluice.excess),
      ...NAMED_WHEN_MISSED.map((rival) => {
        const peer = rival.of(cell);
        return `${excessOf(peer)}: ${goalOf(cell, peer)}`;
      }),
      ...(cell.scenario.latency ? ["", "", ""] : againstBound(cell)),
    ]);
  if (rows.length === 0) return "No cell is missed that could be met.";
  const head = [
    "missed, though it is not below the bound",
    "Sluice",
    ...NAMED_WHEN_MISSED.map(({ column }) => `best ${column}`),
    "least possible",
    "Sluice, of it",
    "the least goal missed, of it",
  ];
  return markdown([head, ...rows]);
}

/** How near Sluice and the goal that it missed are to what nobody can do better than. */
function againstBound(cell: Cell): string[] {
  const thirds = NAMED_WHEN_MISSED.map((rival) => rival.of(cell)).flatMap((peer) =>
    peer && goalOf(cell, peer) === "missed" ? [peer.excess / 3] : [],
  );
  const times = (excess: number) => `×${(excess / cell.bound).toFixed(2)}`;
  return [number(cell.bound), times(cell.sluice.excess), times(Math.min(...thirds))];
}

function promotion(goods: readonly Cell[]): string {
  const late = goods.filter(({ held }) => !isInTime(held));
  const lateEarly = goods.filter(({ early }) => !isInTime(early));
  const names = (cells: readonly Cell[], how: "held" | "early") =>
    cells.length === 0 ? "" : ` (not: ${cells.map((cell) => lateName(cell, how)).join("; ")})`;
  const medians = goods.map(({ early }) => early.promoteSeconds.median).filter(Number.isFinite);
  const quickest = Math.min(...medians);
  return [
    `**Promotion** of good releases, ${goods.length} cells. The peers promote at the end of the plan, after 900 s. canary-promote does so no later, in at least 95 % of rollouts,`,
    `in **${goods.length - late.length}** cells${names(late, "held")}; with \`rollout.early: true\` in ${goods.length - lateEarly.length}${names(lateEarly, "early")}, at best after ${quickest} s (median).`,
    `The verdict has *shown* a good release to be good by then in ${goods.filter(isShown).length} cells: elsewhere there are too few errors to tell ×1 from ×2, and what promotes it is that nothing leans against it.`,
  ].join("\n");
}

/** How late is as much worth knowing as that it is. */
function lateName(cell: Cell, how: "held" | "early"): string {
  const { promoted, runs, promoteSeconds } = cell[how];
  const { name } = cell.scenario;
  if (promoted === 0) return `${name}: none, as nothing could be seen`;
  return `${name}: ${Math.round((100 * promoted) / runs)} %, nearly all by ${promoteSeconds.p95} s`;
}

function speeds({ errors, errorsAndLatency, replay, parse }: Speed): string {
  const amount = (value: number) => (1_000 * Math.round(value / 1_000)).toLocaleString("en-US");
  return `**Speed**: ${amount(errors)} windows a second of one core's time with errors alone, ${amount(errorsAndLatency)} with latency at four edges. \`sluice replay\`, with reading, parsing and printing: ${amount(replay.errors)} and ${amount(replay.errorsAndLatency)}; \`JSON.parse\` of the same lines and nothing else, in the same run: ${amount(parse.errors)} and ${amount(parse.errorsAndLatency)}, so that replaying takes ${(parse.errors / replay.errors).toFixed(1)} and ${(parse.errorsAndLatency / replay.errorsAndLatency).toFixed(1)} times as long as parsing.`;
}

function allCells(goods: readonly Cell[], bads: readonly Cell[]): string {
  return `# Every cell of the benchmark

Written by \`npm run bench:verdict\`; what the columns mean is in [verdict.md](verdict.md#against-its-peers).

## Good releases

\`undecided\`: the verdict never said that it is good enough. \`promoted, held\` and \`promoted, early\`: what canary-promote itself did with
${Math.min(...goods.map(({ held }) => held.runs))} of them (ten times as many where fewer than 95 % of those were promoted in time), each weight held for its time and with \`rollout.early: true\`: how many, and after how long (95 %).

\`(tuned)\`: each peer with its one setting, on ${Math.min(...goods.flatMap(({ tuned }) => tuned.map(({ runs }) => runs)))} of them; empty where the service has no bad releases to be tuned on.

${markdown(goodRows(goods))}

## Bad releases

Columns of peers are excess bad requests. \`goal\`: \`met\` when a third of the best peer's excess was enough; \`below bound\` where a third is less
than what any test with this α lets through on average; empty where no goal was set. \`promoted\`: how many of them canary-promote let through.

\`tuned\`: each peer with the one setting below; \`in hindsight\`: the best of all settings in each cell, with the same thresholds; \`oracle\`: that, with thresholds for this very cell.

${markdown(badRows(bads))}

## What each peer is tuned to

The setting with the least mean logarithm of excess over all bad releases of the service, on seeds of its own.

${markdown(settingRows(bads))}
`;
}

function markdown([head = [], ...rows]: string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map((_, index) => (index === 0 ? "---" : "---:"))),
    ...rows.map(line),
  ].join("\n");
}
