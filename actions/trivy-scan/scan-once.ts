import { realpathSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Log, workspaceFolder } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import { coverageOf, findingsOf } from "../../lib/scan/findings.ts";
import { gapOf } from "../../lib/scan/gap.ts";
import { withInstalled } from "../../lib/scan/installed.ts";
import { readReport } from "../../lib/scan/read-report.ts";
import { decide, type Rule } from "../../lib/scan/rule.ts";
import { countFiles } from "../../lib/scan/trivy/count-files.ts";
import { type Database, obtainDatabase } from "../../lib/scan/trivy/database.ts";
import { leftOut } from "../../lib/scan/trivy/environment.ts";
import type { TrivyProgram } from "../../lib/scan/trivy/process.ts";
import { scan } from "../../lib/scan/trivy/scan.ts";
import type { ScanSettings } from "../../lib/scan/trivy/settings.ts";
import type { TrivyReport } from "../../lib/scan/trivy-report.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";
import type { ScanContext } from "./action.ts";
import { ruleOf } from "./rule.ts";
import type { ScanEnd } from "./scan-end.ts";
import { settingsOf } from "./settings.ts";
import { namesOf, type Scanned, subjectOf } from "./subject.ts";

/** Everything from the inputs to the decision; what is shown of it comes later. */
export async function scanOnce(context: ScanContext, workFolder: string): Promise<ScanEnd> {
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
  const settings = settingsOf(inputs, scanned, rule);
  const raw = await log.group("Scan", () => scan(program, settings, workFolder));
  if (inputs["scan-type"] === "archive") await addInstalled(raw, program, settings, log);
  const report = readReport(raw.text);
  mustBeSubject(report, inputs["subject-digest"], scanned);

  const filesSeen = await fileCount(scanned, settings, report);
  const finishedAt = new Date();
  const findings = findingsOf(report);
  const coverage = coverageOf(report, filesSeen);
  const gap = inputs["vuln-type"].includes("os") ? gapOf(report) : undefined;
  const decision = decide(findings, coverage, rule, finishedAt, gap);
  const end = { scanned, rule, decision, report, program, database, startedAt, finishedAt };
  return { ...end, rawReport: raw.path };
}

/** What stands in no lock file and is shipped all the same: trivy looks for it only in what it takes for an installed system. */
async function addInstalled(
  raw: { path: string; text: string },
  program: TrivyProgram,
  settings: ScanSettings,
  log: Log,
): Promise<void> {
  const scanners = settings.scanners.filter((one) => one === "vuln" || one === "license");
  const { subject } = settings;
  if (scanners.length === 0 || subject.kind !== "folder") return;
  readReport(raw.text);
  const folder = join(program.cwd, "installed");
  await mkdir(folder);
  const installed = await log.group("Scan what is installed", () =>
    scan(program, { ...settings, scanners, subject: { ...subject, as: "rootfs" } }, folder),
  );
  readReport(installed.text);
  raw.text = withInstalled(raw.text, installed.text);
  await writeFile(raw.path, raw.text);
}

async function databaseFor({ inputs, log }: ScanContext, rule: Rule, program: TrivyProgram) {
  if (!rule.scanners.includes("vuln")) return undefined;
  const database = await log.group("Vulnerability database", () =>
    obtainDatabase(program, {
      cacheFolder: inputs["cache-dir"],
      mirrors: inputs["db-repository"],
      skipUpdate: inputs["skip-db-update"],
      timeoutMs: inputs.timeout,
    }),
  );
  tellAge(log, database);
  return database;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Its makers make one several times a day. */
const OLD_AFTER_DAYS = 7;

/** A database that is given is used however old it is, but not silently. */
function tellAge(log: Log, { updatedAt }: Database): void {
  const ageDays = (Date.now() - Date.parse(updatedAt ?? "")) / DAY_MS;
  const told = `the vulnerability database is of ${updatedAt ?? "an unknown date"}`;
  if (ageDays <= OLD_AFTER_DAYS) {
    log.info(told);
    return;
  }
  log.warning(`${told}: what was published since is not in it`, {
    title: "trivy-scan: old database",
  });
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
