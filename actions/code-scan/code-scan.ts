import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { inlineText, workspaceFolder } from "../../lib/action/action.ts";
import { type CodeDecision, decide, reasonOf } from "../../lib/code-scan/decide.ts";
import { type CodeException, readExceptions } from "../../lib/code-scan/exception.ts";
import type { CodeFinding } from "../../lib/code-scan/finding.ts";
import { runScanner } from "../../lib/code-scan/run-scanner.ts";
import { SCANNERS } from "../../lib/code-scan/scanner/scanners.ts";
import { sarifOf } from "../../lib/code-scan/write-sarif.ts";
import { uploadSarif } from "../../lib/code-scanning/upload.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Severity } from "../../lib/scan/severity.ts";
import { findPins } from "../../lib/tools/pins-folder.ts";
import { openShop } from "../../lib/tools/shop.ts";
import type { CodeScanContext, CodeScanOutputs } from "./action.ts";
import { sarifFiles } from "./sarif-files.ts";
import { annotate, findingTable } from "./tell.ts";

const CERTAIN: readonly Severity[] = ["MEDIUM", "HIGH", "CRITICAL"];

/** Scans once, decides once, and tells it everywhere. Throws when something counts. */
export async function codeScan(context: CodeScanContext): Promise<CodeScanOutputs> {
  const { inputs, outputs, log, summary, env, signal } = context;
  const findings = await found(context);
  const exceptions = await exceptionsIn(inputs.exceptions, env);
  const { scanner } = inputs;
  const isFile = scanner === "sarif";
  const title = isFile ? (findings[0]?.tool ?? "the scanner") : SCANNERS[scanner].title;
  const severities = inputs.severity ?? (isFile ? CERTAIN : SCANNERS[scanner].severities);
  const decision = decide(findings, { severities, exceptions }, title, new Date());
  const reason = reasonOf(decision, title);
  const sarif = await writeSarif(inputs.output, title, decision);
  const told: CodeScanOutputs = {
    gate: { name: `code-scan-${scanner}`, outcome: decision.outcome, reason },
    passed: decision.outcome === "passed",
    found: decision.judged.length,
    counting: decision.counting.length,
    sarif: relative(workspaceFolder(env), inputs.output),
  };
  outputs.set(told);
  summary
    .heading(`${decision.outcome === "passed" ? "✅" : "❌"} ${title}`)
    .markdown(inlineText(reason));
  findingTable(summary, decision);
  annotate(log, decision);
  if (inputs["upload-sarif"]) {
    const { token } = inputs;
    const upload = { text: sarif, tool: title, action: "code-scan", token, env, log, signal };
    const outcome = await uploadSarif(upload);
    outputs.set({ "sarif-upload": outcome });
  }
  log.info(reason);
  if (decision.outcome === "passed") return told;
  throw new SluiceError("findings", reason, {
    hint: "mend it, or except it in the file that `exceptions` names, with a reason and a day",
  });
}

async function found({ inputs, env, log, signal }: CodeScanContext): Promise<CodeFinding[]> {
  const { scanner } = inputs;
  if (scanner === "sarif") return sarifFiles(inputs.sarif ?? [], workspaceFolder(env));
  const shop = openShop({ env, say: log.info, signal });
  const rules = inputs.rules ?? [join(findPins(), "semgrep", "rules.yaml")];
  return runScanner({
    scanner,
    folder: inputs.path,
    rules,
    skip: inputs.skip,
    // Also one outside of the workspace: a runner's own, that is kept between jobs.
    database: inputs.database && resolve(workspaceFolder(env), inputs.database),
    timeoutMs: inputs.timeout,
    shop,
  });
}

async function exceptionsIn(file: string, env: NodeJS.ProcessEnv): Promise<CodeException[]> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? [] : readExceptions(text, relative(workspaceFolder(env), file));
}

async function writeSarif(file: string, title: string, decision: CodeDecision): Promise<string> {
  const category = title.toLowerCase().replaceAll(" ", "-");
  const sarif = sarifOf(
    title,
    decision.counting.map(({ finding }) => finding),
    category,
  );
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, sarif);
  return sarif;
}
