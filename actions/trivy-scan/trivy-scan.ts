import { realpathSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uploadSarif } from "../../lib/code-scanning/upload.ts";
import { SluiceError } from "../../lib/error.ts";
import type { ScanContext, ScanOutputs } from "./action.ts";
import { annotate } from "./annotations.ts";
import { gateOf } from "./gate.ts";
import { placesOf } from "./places.ts";
import { writeReports } from "./reports.ts";
import type { ScanEnd } from "./scan-end.ts";
import { scanOnce } from "./scan-once.ts";
import { summarise, summariseFailure } from "./summary.ts";

/** Scans once, decides once, and tells it everywhere. Throws when the decision is not `passed`. */
export async function trivyScan(context: ScanContext): Promise<ScanOutputs> {
  const workFolder = realpathSync(await mkdtemp(join(tmpdir(), "sluice-scan-")));
  try {
    const end = await scanOnce(context, workFolder);
    return await tell(context, end);
  } catch (error) {
    if (!isDecision(error)) summariseFailure(context.summary, error);
    throw error;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function tell(context: ScanContext, end: ScanEnd): Promise<ScanOutputs> {
  const { inputs, outputs, log, summary, signal } = context;
  const { decision } = end;
  const places = await placesOf(end);
  const written = await writeReports(context, end, places);
  const gate = gateOf(end, written.digests);
  const now = end.finishedAt.toISOString().slice(0, 10);
  const told: ScanOutputs = {
    ...written.outputs,
    gate,
    passed: decision.outcome === "passed",
    "cache-dir": inputs["cache-dir"],
    "cache-key": `trivy-db-${now}`,
  };
  outputs.set(told);
  summarise(summary, end, gate);
  const stops = decision.outcome !== "passed" && inputs["exit-code"] === "1";
  annotate(log, decision.judged, places, stops ? "error" : "warning");
  for (const { id, source } of decision.unused) {
    log.notice(`nothing that was found is ${id}: this exception can go (${source})`);
  }
  if (inputs["upload-sarif"]) {
    const outcome = await uploadSarif({
      text: written.sarif,
      tool: "Trivy",
      action: "trivy-scan",
      token: inputs.token,
      env: context.env,
      log,
      signal,
    });
    outputs.set({ "sarif-upload": outcome });
  }
  log.info(gate.reason);
  if (stops) throw refusal(end, gate.reason);
  return told;
}

function refusal({ decision }: ScanEnd, reason: string): SluiceError {
  if (decision.outcome === "inconclusive") {
    return new SluiceError("inconclusive", reason, {
      hint: "check scan-ref and skip-dirs; if there really is nothing of the kind, take the scanner out of scanners or must-cover",
    });
  }
  return new SluiceError("findings", reason, {
    hint: "the job's summary lists them with the versions that fix them; what cannot be fixed now is excepted in .trivyignore.yaml, with an expired_at",
  });
}

function isDecision(error: unknown): boolean {
  return error instanceof SluiceError && ["findings", "inconclusive"].includes(error.code);
}
