import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { inlineText, workspaceFolder } from "../../lib/action/action.ts";
import { readAccepted } from "../../lib/change-point/accepted.ts";
import { HistoryLine, historyText, readHistory, seriesOf } from "../../lib/change-point/history.ts";
import { type HistoryVerdict, judgeHistory, sentence } from "../../lib/change-point/judge.ts";
import { SluiceError } from "../../lib/error.ts";
import type { ChangePointContext, ChangePointOutputs } from "./action.ts";
import { runsIn } from "./figures.ts";

const MARK = { passed: "✅", failed: "❌", inconclusive: "❔" } as const;

/** Adds this run to the history, judges it, and tells it. Throws when something recently became worse. */
export async function changePoint(context: ChangePointContext): Promise<ChangePointOutputs> {
  const { inputs, outputs, log, summary, env } = context;
  const workspace = workspaceFolder(env);
  const before = await historyIn(inputs.history, workspace);
  const runs = await runsIn(inputs.figures, workspace);
  const at = new Date().toISOString();
  const lines = runs.map((figures) => HistoryLine.parse({ at, commit: inputs.commit, figures }));
  await mkdir(dirname(inputs.history), { recursive: true });
  await writeFile(inputs.history, historyText([...before, ...lines]));
  const series = seriesOf([...before, ...lines], inputs.runs);
  const verdict = judgeHistory(series, {
    alpha: inputs.alpha / 100,
    minChange: inputs["min-change"] / 100,
    recentRuns: inputs["recent-runs"],
    accepted: await acceptedIn(inputs.accepted, workspace),
  });
  const { outcome, reason, changes } = verdict;
  const told: ChangePointOutputs = {
    gate: { name: "change-point", outcome, reason },
    outcome,
    changes,
    history: relative(workspace, inputs.history),
  };
  outputs.set(told);
  summary.heading(`${MARK[outcome]} History ${outcome}`).markdown(inlineText(reason));
  tellChanges(context, verdict);
  log.info(reason);
  if (outcome === "inconclusive") log.notice(reason, { title: "change-point" });
  if (outcome !== "failed") return told;
  throw new SluiceError("worse", reason, {
    hint: "look at what came between the two commits; a change that is meant goes into the file that `accepted` names",
  });
}

function tellChanges({ summary }: ChangePointContext, { changes }: HistoryVerdict): void {
  if (changes.length === 0) return;
  const rows = changes.map((change) => [
    inlineText(change.figure),
    `${change.before.toPrecision(4)} → ${change.after.toPrecision(4)}`,
    change.isWorse ? "worse" : "better",
    inlineText(change.commit.slice(0, 12)),
    inlineText(change.accepted?.reason ?? sentence(change)),
  ]);
  summary.table(["Figure", "Median", "Is", "Since", "Found"], rows);
}

async function historyIn(file: string, workspace: string): Promise<HistoryLine[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return readHistory(text, relative(workspace, file));
}

async function acceptedIn(file: string, workspace: string) {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? [] : readAccepted(text, relative(workspace, file));
}
