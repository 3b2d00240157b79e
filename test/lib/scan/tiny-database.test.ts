import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { findingsOf } from "../../../lib/scan/findings.ts";
import { readReport } from "../../../lib/scan/read-report.ts";
import type { Advisory } from "../../../lib/scan/tiny-database/advisory.ts";
import { tinyDatabase } from "../../../lib/scan/tiny-database/folder.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { lockFile, trivyFolder, writeFiles } from "../../support/scan-folder.ts";

const trivy = await trivyFolder();

const advisory = (name: string, id: string): Advisory => ({
  package: name,
  id,
  severity: "HIGH",
  vulnerableVersions: ["<1.1.0"],
  patchedVersions: ["1.1.0"],
});

describe("a tiny database", () => {
  it("is made once for the same content, and beside it for other content", async () => {
    const folder = freshFolder();
    const first = await tinyDatabase([advisory("widget", "CVE-2026-0001")], folder);
    const madeAt = statSync(join(first, "db", "trivy.db")).mtimeMs;
    expect(await tinyDatabase([advisory("widget", "CVE-2026-0001")], folder)).toBe(first);
    expect(statSync(join(first, "db", "trivy.db")).mtimeMs).toBe(madeAt);
    expect(await tinyDatabase([advisory("gadget", "CVE-2026-0001")], folder)).not.toBe(first);
  });

  it("that is asked for twice at once is whole both times", async () => {
    const folder = freshFolder();
    const wanted = [advisory("widget", "CVE-2026-0001")];
    const [one, other] = await Promise.all([
      tinyDatabase(wanted, folder),
      tinyDatabase(wanted, folder),
    ]);
    expect(one).toBe(other);
    expect(statSync(join(one, "db", "metadata.json")).size).toBeGreaterThan(0);
  });

  it("of more than a page is read by trivy, from the first entry to the last", async (context) => {
    if ("lack" in trivy) return context.skip(trivy.lack);
    const names = Array.from({ length: 500 }, (_, index) => `package-${index}-for-tests`);
    const many = names.map((name, index) => advisory(name, `CVE-2026-${1000 + index}`));
    // Two of one package, and buckets that need several pages of their own.
    const all = [...many, advisory("package-0-for-tests", "CVE-2026-9999")];
    const folder = freshFolder();
    const cache = await tinyDatabase(all, folder);
    const versions = names.map((name, index) => [name, { version: index % 2 ? "1.1.0" : "1.0.0" }]);
    const project = join(folder, "project");
    mkdirSync(project);
    writeFiles(project, { "package-lock.json": lockFile(Object.fromEntries(versions)) });
    const report = join(folder, "report.json");
    const args = ["fs", "--scanners", "vuln", "--format", "json", "--output", report];
    const quiet = ["--skip-db-update", "--skip-version-check", "--disable-telemetry", "--quiet"];
    const program = join(trivy.folder, "trivy");
    await promisify(execFile)(program, [...args, ...quiet, "--cache-dir", cache, project]);
    const found = findingsOf(readReport(readFileSync(report, "utf8"))).map(({ id }) => id);
    const expected = many.filter((_, index) => index % 2 === 0).map(({ id }) => id);
    expect(found.sort()).toEqual([...expected, "CVE-2026-9999"].sort());
  });
});
