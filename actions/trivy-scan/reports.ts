import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { workspaceFolder } from "../../lib/action/action.ts";
import { digestOf } from "../../lib/evidence/canonical.ts";
import { digestOfFile } from "../../lib/evidence/digest.ts";
import { findingsDigest } from "../../lib/scan/findings-digest.ts";
import { redactReport } from "../../lib/scan/redact.ts";
import { sarifOf } from "../../lib/scan/sarif.ts";
import { convert } from "../../lib/scan/trivy/scan.ts";
import type { ScanContext, ScanOutputs } from "./action.ts";
import { countsOf } from "./counts.ts";
import type { FileDigests } from "./gate.ts";
import type { Places } from "./places.ts";
import type { ScanEnd } from "./scan-end.ts";

type FileOutputs = Pick<
  ScanOutputs,
  "counts" | "report" | "sarif" | "sbom" | "spdx" | "findings-digest" | "report-digest"
>;

export interface Written {
  outputs: FileOutputs;
  digests: FileDigests;
  sarif: string;
}

/** Writes everything that comes from the one scan. */
export async function writeReports(
  { inputs, env }: ScanContext,
  end: ScanEnd,
  places: Places,
): Promise<Written> {
  const folder = inputs["output-dir"];
  await mkdir(folder, { recursive: true });
  const report = JSON.stringify(redactReport(JSON.parse(await readFile(end.rawReport, "utf8"))));
  const sarif = JSON.stringify(
    sarifOf(end.decision.judged, {
      trivyVersion: end.report.Trivy?.Version ?? "",
      category: inputs.category,
      placeOf: places,
    }),
    null,
    1,
  );
  await writeFile(join(folder, "report.json"), report);
  await writeFile(join(folder, "findings.sarif"), sarif);
  const boms = await writeBoms(end, folder);
  const named = (file: string) =>
    relative(workspaceFolder(env), join(folder, file)).split(sep).join("/");
  const digests = { report: digestOf(report), sarif: digestOf(sarif), ...boms };
  return {
    sarif,
    digests,
    outputs: {
      counts: countsOf(end.decision.judged),
      report: named("report.json"),
      sarif: named("findings.sarif"),
      ...(boms && { sbom: named(CYCLONEDX), spdx: named(SPDX) }),
      "findings-digest": findingsDigest(end.decision.judged),
      "report-digest": digests.report,
    },
  };
}

const CYCLONEDX = "sbom.cdx.json";
const SPDX = "sbom.spdx.json";

/** None where packages were not looked at: an empty bill of materials would be a lie. */
async function writeBoms({ program, rawReport, rule }: ScanEnd, folder: string) {
  if (!rule.scanners.some((scanner) => scanner === "vuln" || scanner === "license"))
    return undefined;
  const [sbom, spdx] = [join(folder, CYCLONEDX), join(folder, SPDX)];
  await convert(program, rawReport, "cyclonedx", sbom);
  await convert(program, rawReport, "spdx-json", spdx);
  return { sbom: await digestOfFile(sbom), spdx: await digestOfFile(spdx) };
}
