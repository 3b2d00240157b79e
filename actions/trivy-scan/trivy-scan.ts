import { realpathSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, sep } from "node:path";
import { workspaceFolder } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import { coverageOf, findingsOf } from "../../lib/scan/findings.ts";
import { readReport } from "../../lib/scan/read-report.ts";
import { decide, type Rule } from "../../lib/scan/rule.ts";
import { countFiles } from "../../lib/scan/trivy/count-files.ts";
import { obtainDatabase } from "../../lib/scan/trivy/database.ts";
import { leftOut } from "../../lib/scan/trivy/environment.ts";
import type { TrivyProgram } from "../../lib/scan/trivy/process.ts";
import { scan } from "../../lib/scan/trivy/scan.ts";
import type { ScanSettings } from "../../lib/scan/trivy/settings.ts";
import type { TrivyReport } from "../../lib/scan/trivy-report.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";
import type { ScanContext, ScanInputs, ScanOutputs } from "./action.ts";
import { annotate } from "./annotations.ts";
import { gateOf } from "./gate.ts";
import { placesOf } from "./places.ts";
import { writeReports } from "./reports.ts";
import { ruleOf } from "./rule.ts";
import type { ScanEnd } from "./scan-end.ts";
import { namesOf, type Scanned, subjectOf } from "./subject.ts";
import { summarise, summariseFailure } from "./summary.ts";
import { uploadSarif } from "./upload.ts";

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

async function scanOnce(context: ScanContext, workFolder: string): Promise<ScanEnd> {
  const { inputs, env, log, signal } = context;
  const workspace = realpathSync(workspaceFolder(env));
  const scanned = await subjectOf(inputs, workspace, workFolder);
  const { rule, files } = await ruleOf(inputs, workspace, namesOf(scanned));
  if (files.length > 0) log.info(`exceptions and statements are read from ${files.join(", ")}`);
  const ignored = leftOut(env);
  if (ignored.length > 0) log.warning(`${ignored.join(", ")}: trivy is not given these variables`);

  const say = (line: string) => log.info(line);
  const trivy = await ensure("trivy", inputs.version, openShop({ env, say, signal }));
  const program = { path: trivy.path, cwd: workFolder, env, say, signal };
  const startedAt = new Date();
  const database = await databaseFor(context, rule, program);
  const settings = settingsOf(context, scanned, rule);
  const raw = await log.group("Scan", () => scan(program, settings, workFolder));
  const report = readReport(raw.text);
  mustBeSubject(report, inputs["subject-digest"], scanned);

  const filesSeen = await fileCount(scanned, settings, report);
  const finishedAt = new Date();
  const findings = findingsOf(report);
  const decision = decide(findings, coverageOf(report, filesSeen), rule, finishedAt);
  const end = { scanned, rule, decision, report, program, database, startedAt, finishedAt };
  return { ...end, rawReport: raw.path };
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
      inputs,
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

async function databaseFor({ inputs, log }: ScanContext, rule: Rule, program: TrivyProgram) {
  if (!rule.scanners.includes("vuln")) return undefined;
  return log.group("Vulnerability database", () =>
    obtainDatabase(program, {
      cacheFolder: inputs["cache-dir"],
      mirrors: inputs["db-repository"],
      skipUpdate: inputs["skip-db-update"],
      timeoutMs: inputs.timeout,
    }),
  );
}

function settingsOf({ inputs }: ScanContext, scanned: Scanned, rule: Rule): ScanSettings {
  return {
    subject: scanned.subject,
    scanners: rule.scanners,
    packageTypes: inputs["vuln-type"],
    skipDirs: [...(inputs["skip-dirs"] ?? []), ...ownFolders(inputs, scanned)],
    skipFiles: inputs["skip-files"] ?? [],
    cacheFolder: inputs["cache-dir"],
    timeoutMs: inputs.timeout,
    configFile: inputs["trivy-config"],
    ignorePolicy: inputs["ignore-policy"],
    javaDbMirrors: inputs["java-db-repository"] ?? [],
    skipDbUpdate: inputs["skip-db-update"],
    skipCheckUpdate: inputs["skip-check-update"],
    offline: inputs["offline-scan"],
  };
}

/** What an earlier scan left in the scanned folder: its report and its database are not part of it. */
function ownFolders(inputs: ScanInputs, { subject }: Scanned): string[] {
  if (subject.kind !== "folder") return [];
  const own = [inputs["output-dir"], inputs["cache-dir"]].map((folder) =>
    relative(subject.path, folder),
  );
  return own
    .filter((way) => way !== "" && !way.startsWith("..") && !isAbsolute(way))
    .map((way) => way.split(sep).join("/"));
}

/** Trivy reads every file for secrets, and reports none that has none. */
async function fileCount(scanned: Scanned, settings: ScanSettings, report: TrivyReport) {
  const { subject } = scanned;
  if (subject.kind === "folder") {
    return countFiles(subject.path, { dirs: settings.skipDirs, files: settings.skipFiles });
  }
  if (subject.kind === "sbom") return 0;
  // An image without a layer has no file; otherwise nobody counts them.
  return report.Metadata?.DiffIDs.length === 0 ? 0 : undefined;
}

/** An image that was promised by digest must be the one that the registry gave. */
function mustBeSubject(report: TrivyReport, digest: string | undefined, scanned: Scanned): void {
  if (digest === undefined || scanned.subject.kind !== "image") return;
  const found = report.Metadata?.RepoDigests ?? [];
  if (found.some((name) => name.endsWith(digest))) return;
  const is = found.join(", ") || "an image without a digest";
  throw new SluiceError(
    "digest-mismatch",
    `what was scanned is ${is}, but ${digest} was promised`,
    {
      hint: "give image-ref by digest: a tag may have been moved",
    },
  );
}
