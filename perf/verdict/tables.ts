import type { Cell } from "./cell.ts";
import type { Outcome } from "./measure.ts";
import type { Speed } from "./speed.ts";

export function tables(goods: readonly Cell[], bads: readonly Cell[]): string {
  return [goodTable(goods), badTable(bads)].join("\n");
}

function goodTable(cells: readonly Cell[]): string {
  const names = cells[0]?.documented.map(({ judge }) => judge) ?? [];
  const rows = cells.map(({ scenario, sluice, documented }) => [
    scenario.name,
    rate(sluice),
    ...documented.map(rate),
    percent(sluice.inconclusive / sluice.runs),
    seconds(sluice.promoteSeconds),
  ]);
  const header = [
    "good release",
    "Sluice rolls back",
    ...names,
    "undecided",
    "promoted after (95 %)",
  ];
  return `${table([header, ...rows])}\n`;
}

function badTable(cells: readonly Cell[]): string {
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
  ];
  return `${table([header, ...rows])}\n`;
}

/** The goals, and in how many cells they hold. */
export function summary(goods: readonly Cell[], bads: readonly Cell[], speed: Speed): string {
  const worst = [...goods].sort((a, b) => share(b.sluice) - share(a.sluice))[0];
  const judged = bads.filter(isInGoal);
  const lines = [
    worst
      ? `false rollback: at most ${rate(worst.sluice)} in any of ${goods.length} cells (${worst.scenario.name})`
      : "",
    `good releases of which 95 % are promoted before the plan's end, which is when the peers promote: ${goods.filter(isPromoted).length} of ${goods.length} cells`,
    `excess at most a third of the best peer's, ratio >= 2 and 200/s or more, ${judged.length} cells:`,
    `  peers as documented: ${judged.filter((cell) => isThird(cell, leastDocumented(cell))).length}`,
    `  peers tuned for the service: ${judged.filter((cell) => isThird(cell, cell.service)).length}`,
    `  peers told all but the answer: ${judged.filter((cell) => isThird(cell, cell.oracle)).length}`,
    `  where not even a test that knows the fault could (a third is less than the least possible), tuned: ${judged.filter((cell) => cell.service !== null && cell.bound > cell.service.excess / 3).length}`,
    `windows per second of one core: ${Math.round(speed.errors)} (errors), ${Math.round(speed.errorsAndLatency)} (errors and latency)`,
  ];
  return `${lines.join("\n")}\n`;
}

function isPromoted({ sluice }: Cell): boolean {
  return sluice.promoted >= 0.95 * sluice.runs;
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

function share({ rolledBack, runs }: Outcome): number {
  return rolledBack / runs;
}

function rate(outcome: Outcome): string {
  const { low, high } = outcome.rolledBackShare;
  return `${percent(share(outcome))} [${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`;
}

function times({ sluice }: Cell, peer: Outcome | null): string {
  return peer && peer.excess > 0 ? `×${(sluice.excess / peer.excess).toFixed(2)}` : "";
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function seconds({ median, p95 }: { median: number; p95: number }): string {
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
