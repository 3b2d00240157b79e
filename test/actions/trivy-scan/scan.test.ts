import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Gate } from "../../../lib/evidence/record.ts";
import { sarifFaults } from "../../lib/scan/sarif-schema.ts";
import { type ActionResult, runAction } from "../../support/action-process.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import {
  databaseBelow,
  lineOf,
  lockFile,
  plantedToken,
  trivyFolder,
  writeFiles,
} from "../../support/scan-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const trivy = await trivyFolder();
const CLEAN_DOCKERFILE = `FROM alpine:3.20@sha256:${"a".repeat(64)}\nCOPY . /app\nUSER app\nHEALTHCHECK CMD true\n`;
const CLEAN_LOCK = lockFile({ "widget-for-tests": { version: "1.0.1", license: "MIT" } });

describe("a scan by the real trivy", () => {
  let database: string;
  let workspace: string;

  beforeAll(async () => {
    const folder = await temporaryFolder();
    database = await databaseBelow(folder.path);
    return folder.remove;
  });

  beforeEach((context) => {
    if ("lack" in trivy) context.skip(trivy.lack);
    workspace = freshFolder();
  });

  const scan = (inputs: Record<string, string>, env: Record<string, string> = {}) =>
    runAction("trivy-scan", {
      workspace,
      inputs: {
        "scan-type": "fs",
        // Without misconfig, which takes most of the time.
        scanners: "vuln,secret",
        "cache-dir": database,
        "skip-db-update": "true",
        ...inputs,
      },
      env: { PATH: `${"folder" in trivy ? trivy.folder : ""}:${process.env.PATH}`, ...env },
    });
  const gate = ({ outputs }: ActionResult) => Gate.parse(JSON.parse(outputs.gate ?? "null"));
  const file = (path: string | undefined) => readFileSync(join(workspace, path ?? ""), "utf8");

  it("passes what is clean, and says where it looked", async () => {
    writeFiles(workspace, { Dockerfile: CLEAN_DOCKERFILE, "package-lock.json": CLEAN_LOCK });
    const result = await scan({ scanners: "" });
    expect([result.code, result.log.includes("::error")]).toEqual([0, false]);
    expect(result.outputs.passed).toBe("true");
    expect(gate(result).reason).toMatch(
      /0 vulnerabilities in 1 package, 0 misconfigurations in 1 configuration file, 0 secrets in 1 file/,
    );
    expect(result.summary).toContain("Scan passed");
    expect(sarifFaults(JSON.parse(file(result.outputs.sarif)))).toEqual([]);
  });

  it("finds a secret, a misconfiguration and a vulnerable package, each at its line", async () => {
    const token = plantedToken();
    writeFiles(workspace, {
      "deploy.sh": `#!/bin/sh\n\nTOKEN=${token}\n`,
      "service/Dockerfile": "FROM alpine:3.20\nRUN apk add curl\n",
      "service/package-lock.json": lockFile({
        "widget-for-tests": { version: "1.0.0", license: "MIT" },
      }),
    });
    const result = await scan({ scanners: "vuln,misconfig,secret,license" });
    expect(result.code).toBe(1);
    expect(gate(result)).toMatchObject({ name: "trivy-scan", outcome: "failed" });
    expect(gate(result).reason).toContain("1 vulnerability, 2 misconfigurations, 1 secret");
    const line = lineOf(
      join(workspace, "service/package-lock.json"),
      '"node_modules/widget-for-tests"',
    );
    expect(result.log).toContain(`CVE-2026-0001,file=service/package-lock.json,line=${line}::`);
    expect(result.log).toContain("file=service/Dockerfile,line=2::");
    expect(result.log).toContain("file=deploy.sh,line=3::");
    expect(result.summary).toContain("update to 1.0.1");

    const sarif = JSON.parse(file(result.outputs.sarif));
    expect(sarifFaults(sarif)).toEqual([]);
    expect(sarif.runs[0].results).toHaveLength(4);
    expect(JSON.parse(result.outputs.counts ?? "").counting).toMatchObject({
      CRITICAL: 2,
      HIGH: 2,
    });

    const outputs = ["report", "sarif", "sbom", "spdx"].map((name) => file(result.outputs[name]));
    const told = [result.log, result.summary, JSON.stringify(result.outputs), ...outputs];
    expect(told.filter((text) => text.includes(token))).toEqual([]);
  });

  it("repeats no secret that stands in a line which another scanner points to", async () => {
    const token = plantedToken();
    writeFiles(workspace, {
      Dockerfile: `FROM alpine:3.20\nENV GITHUB_TOKEN=${token}\nRUN echo ${token} && apk add curl\n`,
      "main.tf": `resource "aws_instance" "a" {\n  user_data = "export TOKEN=${token}"\n}\n`,
    });
    const result = await scan({
      "scan-type": "config",
      scanners: "",
      severity: "LOW,MEDIUM,HIGH,CRITICAL",
    });
    expect(gate(result).reason).toMatch(/[1-9]\d* misconfigurations/);
    const files = ["report", "sarif"].map((name) => file(result.outputs[name]));
    const told = [result.log, result.summary, JSON.stringify(result.outputs), ...files];
    expect(told.filter((text) => text.includes(token))).toEqual([]);
  });

  it("makes both bills of materials from the one scan", async () => {
    writeFiles(workspace, { "package-lock.json": CLEAN_LOCK });
    const { outputs } = await scan({});
    const names = (list: Array<{ name: string }>) => list.map(({ name }) => name);
    expect(names(JSON.parse(file(outputs.sbom)).components)).toContain("widget-for-tests");
    expect(names(JSON.parse(file(outputs.spdx)).packages)).toContain("widget-for-tests");
  });

  it("finds the same in the bill of materials that it made", async () => {
    writeFiles(workspace, {
      "package-lock.json": lockFile({ "widget-for-tests": { version: "1.0.0" } }),
    });
    const first = await scan({ "exit-code": "0" });
    expect([first.code, first.outputs.passed]).toEqual([0, "false"]);
    const second = await scan({
      "scan-type": "sbom",
      scanners: "",
      "scan-ref": first.outputs.sbom ?? "",
      "output-dir": "again",
    });
    expect(second.code).toBe(1);
    expect(gate(second).reason).toContain("1 vulnerability");
  });

  it("lets exceptions of the repository hold until they expire, and says so", async () => {
    writeFiles(workspace, {
      "package-lock.json": lockFile({ "widget-for-tests": { version: "1.0.0" } }),
    });
    const entry =
      "vulnerabilities:\n  - id: CVE-2026-0001\n    statement: not reachable\n    expired_at:";
    writeFiles(workspace, { ".trivyignore.yaml": `${entry} 2099-01-01\n` });
    const held = await scan({});
    expect([held.code, held.summary.includes("not reachable")]).toEqual([0, true]);
    writeFiles(workspace, { ".trivyignore.yaml": `${entry} 2020-01-01\n` });
    const expired = await scan({});
    expect(expired.code).toBe(1);
    expect(gate(expired).reason).toContain("an exception that has expired");
    expect(expired.log).toContain("ran out on 2020-01-01 (.trivyignore.yaml, vulnerabilities[0])");
  });

  it("believes a VEX document about a package", async () => {
    writeFiles(workspace, {
      "package-lock.json": lockFile({ "widget-for-tests": { version: "1.0.0" } }),
      "vex.json": JSON.stringify({
        "@context": "https://openvex.dev/ns/v0.2.0",
        statements: [
          {
            vulnerability: { name: "CVE-2026-0001" },
            products: [{ "@id": "pkg:npm/widget-for-tests@1.0.0" }],
            status: "not_affected",
            justification: "component_not_present",
          },
        ],
      }),
    });
    expect((await scan({ vex: "vex.json" })).code).toBe(0);
  });

  it("lets no variable and no file that lies there hide a finding", async () => {
    writeFiles(workspace, {
      "package-lock.json": lockFile({ "widget-for-tests": { version: "1.0.0" } }),
      "trivy.yaml": "severity: [LOW]\nvulnerability:\n  ignore-status: [fixed]\n",
    });
    const result = await scan({}, { TRIVY_SEVERITY: "LOW", TRIVY_IGNORE_STATUS: "fixed" });
    expect(result.code).toBe(1);
    expect(result.log).toMatch(/TRIVY_SEVERITY, TRIVY_IGNORE_STATUS: trivy is not given these/);
  });

  it("is inconclusive where there was nothing to look at", async () => {
    const nothing = await scan({ "must-cover": "secret" });
    expect([nothing.code, gate(nothing).outcome]).toEqual([1, "inconclusive"]);
    writeFiles(workspace, { "README.md": "a service\n" });
    const noPackages = await scan({});
    expect(gate(noPackages)).toMatchObject({ outcome: "inconclusive" });
    expect(noPackages.log).toContain("vuln had no package to look at");
    expect(noPackages.summary).toContain("Scan inconclusive");
  });

  it("does not scan its own reports and database", async () => {
    writeFiles(workspace, { "package-lock.json": CLEAN_LOCK });
    const first = await scan({});
    const second = await scan({});
    expect(gate(second).reason).toBe(gate(first).reason);
    expect(second.outputs["findings-digest"]).toBe(first.outputs["findings-digest"]);
  });

  it("checks only configuration when that is asked for", async () => {
    writeFiles(workspace, { Dockerfile: "FROM alpine:3.20\nRUN apk add curl\n" });
    const result = await scan({ "scan-type": "config", scanners: "" });
    expect([result.code, result.outputs.sbom]).toEqual([1, undefined]);
    expect(gate(result).reason).toContain("2 misconfigurations");
    const accepted = await scan({ "scan-type": "config", scanners: "", limits: "misconfig=2" });
    expect(accepted.code).toBe(0);
  });

  it("judges licences by the list of those that are allowed", async () => {
    writeFiles(workspace, {
      "package-lock.json": lockFile({
        "widget-for-tests": { version: "1.0.1", license: "MIT" },
        "gizmo-for-tests": { version: "1.0.0", license: "GPL-3.0-only" },
      }),
    });
    const result = await scan({ scanners: "license", "allowed-licenses": "MIT,ISC" });
    expect(result.code).toBe(1);
    expect(result.log).toContain("gizmo-for-tests is under GPL-3.0-only");
    expect(result.log).not.toContain("widget-for-tests is under MIT");
  });

  it("tells how many findings a policy in Rego has set aside", async () => {
    writeFiles(workspace, {
      "package-lock.json": lockFile({ "widget-for-tests": { version: "1.0.0" } }),
      "policy.rego": `package trivy\nimport rego.v1\nignore if input.PkgName == "widget-for-tests"\n`,
    });
    const result = await scan({ "ignore-policy": "policy.rego" });
    expect(result.code).toBe(0);
    expect(result.summary).toContain("Set aside by the ignore-policy: 1");
  });

  it("warns of what is accepted, and does not call it an error", async () => {
    writeFiles(workspace, {
      "package-lock.json": lockFile({ "widget-for-tests": { version: "1.0.0" } }),
    });
    const result = await scan({ limits: "vuln=1" });
    expect(result.code).toBe(0);
    expect(result.log).toContain("::warning title=trivy-scan%3A CVE-2026-0001");
    expect(result.log).not.toContain("::error");
  });
});
