import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { Gate } from "../../../lib/evidence/record.ts";
import { runAction } from "../../support/action-process.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import {
  databaseBelow,
  lockFile,
  plantedToken,
  tarOf,
  trivyFolder,
} from "../../support/scan-folder.ts";
import { digestOf } from "../../support/service-archive.ts";

const trivy = await trivyFolder();

describe("the archive of a candidate", () => {
  let workspace: string;
  beforeEach((context) => {
    if ("lack" in trivy) context.skip(trivy.lack);
    workspace = freshFolder();
  });

  /** As an artifact is downloaded: alone in a folder. */
  const archive = async (
    version: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const files = { "package-lock.json": lockFile({ "widget-for-tests": { version } }), ...more };
    const path = join(workspace, "service-1.0.0.tar.gz");
    writeFileSync(path, gzipSync(await tarOf(files)));
    return digestOf(path);
  };
  const scan = async (digest: string) =>
    runAction("trivy-scan", {
      workspace,
      inputs: {
        "scan-type": "archive",
        "scan-ref": ".",
        scanners: "vuln,secret",
        "subject-name": "service",
        "subject-digest": digest,
        "cache-dir": await databaseBelow(freshFolder()),
        "skip-db-update": "true",
      },
      env: { PATH: `${"folder" in trivy ? trivy.folder : ""}:${process.env.PATH}` },
    });

  it("is scanned by what is in it, and stated by its digest", async () => {
    const digest = await archive("1.0.1");
    const result = await scan(digest);
    expect(result.code).toBe(0);
    const { outcome, statement } = Gate.parse(JSON.parse(result.outputs.gate ?? ""));
    expect(outcome).toBe("passed");
    expect(statement).toMatchObject({
      predicateType: "https://cosign.sigstore.dev/attestation/vuln/v1",
      subject: [{ name: "service", digest: { sha256: digest.slice("sha256:".length) } }],
      predicate: {
        scanner: {
          version: "0.74.0",
          db: { version: "2026-01-01T00:00:00Z" },
          result: { outcome: "passed", findings: result.outputs["findings-digest"] },
        },
      },
    });
    expect(JSON.stringify(statement).length).toBeLessThan(3_000);
  });

  it("with a vulnerable dependency is stated as failed, and stops the job", async () => {
    const result = await scan(await archive("1.0.0"));
    expect(result.code).toBe(1);
    const { outcome, statement } = Gate.parse(JSON.parse(result.outputs.gate ?? ""));
    expect(outcome).toBe("failed");
    expect(statement?.predicate.scanner).toMatchObject({ result: { outcome: "failed" } });
    expect(result.log).toContain("package-lock.json: widget-for-tests 1.0.0: CVE-2026-0001");
  });

  it("with another version installed than its lock file says is judged by what is installed", async () => {
    const installed = JSON.stringify({ name: "widget-for-tests", version: "1.0.0" });
    const result = await scan(
      await archive("1.0.1", { "node_modules/widget-for-tests/package.json": installed }),
    );
    expect(result.code).toBe(1);
    expect(Gate.parse(JSON.parse(result.outputs.gate ?? "")).outcome).toBe("failed");
    expect(result.log).toContain("widget-for-tests 1.0.0: CVE-2026-0001");
  });

  it("has no folder in which a secret is taken for a test's", async () => {
    const source = `const token = "${plantedToken()}";\n`;
    for (const path of ["test/login.js", "docs/example.js", "web/vendor/a.js", "README.md"]) {
      const result = await scan(await archive("1.0.1", { [path]: source }));
      expect(result.log, path).toContain(`${path}: `);
      expect(Gate.parse(JSON.parse(result.outputs.gate ?? "")).outcome, path).toBe("failed");
    }
  });

  it("that is not the promised one is not even looked into", async () => {
    await archive("1.0.1");
    const result = await scan(`sha256:${"0".repeat(64)}`);
    expect(result.log).toContain("::error title=trivy-scan%3A digest-mismatch::");
    expect(result.log).not.toContain("Scan");
  });
});
