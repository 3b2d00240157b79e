import { KINDS, type Proof } from "./proof-notes.ts";
import { machine, quantile } from "./section.ts";

export interface Findings {
  /** Of each kind. */
  kills: number;
  starts: { engineMs: number; nodeMs: number }[];
  recoveries: number[];
  /** In the order of KINDS; null where nothing was shown. */
  killed: (Proof | null)[];
  takeovers: (Proof | null)[];
  fenced: Proof | null;
  minutes: number;
  /** Which engine. */
  commit: string;
  /** Load averages, from the beginning to the end. */
  loads: number[];
}

/** What was found, as the page tells it. What was not shown is told too. */
export function proofPage(found: Findings): string[] {
  const { kills, starts, killed, minutes, loads } = found;
  const [least, most] = [Math.min(...loads), Math.max(...loads)].map((load) => load.toFixed(1));
  return [
    `Written by \`npm run prove:engine -- --kills ${kills}\`; not by hand. ${machine()}: a load average of ${least} to ${most}`,
    `in the ${Math.ceil(minutes)} minutes that it took. It is ${found.commit}.`,
    "",
    "| kill -9 under load, at any moment, with | kills | commands | acknowledged and there | refused, and not there | hash as replayed |",
    "|---|---|---|---|---|---|",
    ...killed.map((proof, at) => killedRow(KINDS[at]?.what ?? "", proof)),
    "",
    "| what | measured | at most |",
    "|---|---|---|",
    `| start to \`/health\` 200 with an empty journal, of ${starts.length} | ${spread(starts.map(({ engineMs }) => engineMs))} | 1 s |`,
    `| an empty Node process beside each, to its end | ${spread(starts.map(({ nodeMs }) => nodeMs))} | |`,
    takeoverRow(found.takeovers),
    "",
    ...sentences(found),
  ];
}

function killedRow(what: string, proof: Proof | null): string {
  if (proof === null) return `| ${what} | **not shown** | | | | |`;
  const { kills, commands, present, refused } = proof;
  return `| ${what} | ${kills} | ${commands} | all, ${present} rest | ${refused} | the same |`;
}

function takeoverRow(takeovers: readonly (Proof | null)[]): string {
  const times = takeovers.flatMap((one) => (one?.takeoverMs === undefined ? [] : [one.takeoverMs]));
  const shown =
    times.length === takeovers.length
      ? spread(times)
      : `**shown in ${times.length} of ${takeovers.length}**`;
  return `| primary killed to standby's first order, R=3 with one server dead, of ${takeovers.length} | ${shown} | 5 s |`;
}

function sentences({ takeovers, fenced, recoveries }: Findings): string[] {
  const acknowledged = takeovers.reduce((sum, one) => sum + (one?.acknowledged ?? 0), 0);
  const woken =
    fenced === null
      ? "That a primary which was stopped, overtaken and woken acknowledges nothing was **not shown**."
      : `Of ${fenced.acknowledged} acknowledged by a primary that was stopped, overtaken and woken, 0 were lost, and it acknowledged none after.`;
  return [
    `Of ${acknowledged} orders acknowledged before a takeover 0 were lost. ${woken}`,
    `Recovery: ${Math.round(quantile(recoveries, 0.5) / 1000)}k commands/s, without a snapshot.`,
  ];
}

function spread(values: readonly number[]): string {
  return `median ${ms(quantile(values, 0.5))}, from ${ms(Math.min(...values))} to ${ms(Math.max(...values))}`;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
