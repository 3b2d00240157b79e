import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SluiceError } from "../../error.ts";
import { scanArguments } from "./arguments.ts";
import { EVERY_SECRET } from "./every-secret.ts";
import { lastWord, scanFailure } from "./failure.ts";
import { runTrivy, type TrivyProgram } from "./process.ts";
import type { ScanSettings } from "./settings.ts";

/** Trivy's JSON, as text. `workFolder` is private and empty; it stays there for `convert`. */
export async function scan(
  program: TrivyProgram,
  settings: ScanSettings,
  workFolder: string,
): Promise<{ path: string; text: string }> {
  const files = {
    report: join(workFolder, "trivy.json"),
    nothing: join(workFolder, "nothing.yaml"),
    secrets: join(workFolder, "secrets.yaml"),
  };
  await writeFile(files.nothing, "");
  await writeFile(files.secrets, EVERY_SECRET);
  const say = settings.skipCheckUpdate ? withoutCheckWarnings(program.say) : program.say;
  const args = scanArguments(settings, files);
  const end = await runTrivy({ ...program, say }, args, settings.timeoutMs);
  if (end.kind !== "exit" || end.code !== 0) throw scanFailure(end, settings.timeoutMs);
  return { path: files.report, text: await readFile(files.report, "utf8").catch(() => "") };
}

/** Trivy calls it an error that it takes its own checks; here that is what is wanted. */
function withoutCheckWarnings(say: (line: string) => void): (line: string) => void {
  return (line) => {
    if (!/\[checks-client\]|Falling back to embedded checks|nothing\.yaml/.test(line)) say(line);
  };
}

export type SbomFormat = "cyclonedx" | "spdx-json";

const CONVERT_TIMEOUT_MS = 120_000;

/** Another form of a report that is there already: nothing is scanned again. */
export async function convert(
  program: TrivyProgram,
  report: string,
  format: SbomFormat,
  output: string,
): Promise<void> {
  const args = ["convert", "--format", format, "--output", output, "--", report];
  const silent = { ...program, say: () => {} };
  const end = await runTrivy(silent, args, CONVERT_TIMEOUT_MS);
  if (end.kind === "exit" && end.code === 0) return;
  const why = lastWord(end.said);
  throw new SluiceError("scan-failed", `trivy could not write the ${format} document: ${why}`, {
    hint: "the findings are decided and told; only this document is missing",
  });
}
