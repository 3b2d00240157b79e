import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { KINDS, notesOf, type Proof } from "./proof-notes.ts";
import { type Findings, proofPage } from "./proof-page.ts";
import { engineCommit, writeSection } from "./section.ts";
import { measureRecovery, measureStarts } from "./starts.ts";

const FEW = 5;
const HUNDRED = 100;
const RECOVERIES = 3;
const TAKEOVERS = 3;
const START_LIMIT_MS = 1_000;

/**
 * All that is claimed of durability, shown by real processes: `npm run prove:engine`, five kills of each kind. With `--kills 100`, or with
 * `--write`, what it found is written into docs/engine/durability.md. Exit code 1 when anything was not shown.
 */
const { values } = parseArgs({
  options: { kills: { type: "string", default: String(FEW) }, write: { type: "boolean" } },
});
if (!/^[1-9]\d{0,3}$/.test(values.kills)) {
  console.error(`--kills is "${values.kills}", accepted is a whole number from 1 to 9999`);
  process.exit(2);
}
const kills = Number(values.kills);
const found = await prove();
const lines = proofPage(found);
console.log(lines.join("\n"));
if (kills >= HUNDRED || values.write === true) writeSection("engine:prove", lines);
// Of a machine that is busy with other work the quickest start tells most of the engine.
const isStartLate = Math.min(...found.starts.map(({ engineMs }) => engineMs)) >= START_LIMIT_MS;
const isMissing = [...found.killed, ...found.takeovers, found.fenced].includes(null);
process.exitCode = isStartLate || isMissing ? 1 : 0;

async function prove(): Promise<Findings> {
  const startedAt = performance.now();
  const loads = [busy()];
  const commit = engineCommit();
  const starts = await measureStarts();
  const recoveries = Array.from({ length: RECOVERIES }, measureRecovery);
  const killed: (Proof | null)[] = [];
  for (const { tests } of KINDS) {
    const env = { ENGINE_KILLS: String(kills) };
    killed.push(await notesOf("test/engine/kill.test.ts", tests, env));
    loads.push(busy());
  }
  const takeovers: (Proof | null)[] = [];
  for (let at = 0; at < TAKEOVERS; at += 1) {
    takeovers.push(await notesOf("test/engine/standby-cluster.test.ts", "leader is killed"));
  }
  const fenced = await notesOf("test/engine/standby-cluster.test.ts", "stopped under load");
  loads.push(busy());
  const minutes = (performance.now() - startedAt) / 60_000;
  return { kills, starts, recoveries, killed, takeovers, fenced, minutes, commit, loads };
}

/** Processes that ran or waited for a CPU, over the last minute. */
function busy(): number {
  return loadavg()[0] ?? 0;
}
