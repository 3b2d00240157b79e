import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Gate } from "../../../lib/evidence/record.ts";
import { obtainDatabase } from "../../../lib/scan/trivy/database.ts";
import { runAction } from "../../support/action-process.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { type PullRegistry, pullRegistry } from "../../support/pull-registry.ts";
import {
  databaseBelow,
  databaseLayer,
  lockFile,
  plantedToken,
  tarOf,
  trivyFolder,
  writeFiles,
} from "../../support/scan-folder.ts";

const trivy = await trivyFolder();
const PATH = `${"folder" in trivy ? trivy.folder : ""}:${process.env.PATH}`;
const NO_CONFIG = {
  mediaType: "application/vnd.aquasec.trivy.config.v1+json",
  bytes: Buffer.from("{}"),
};

let registry: PullRegistry;

beforeEach(async (context) => {
  if ("lack" in trivy) context.skip(trivy.lack);
  registry = await pullRegistry();
});
afterEach(() => registry?.close());

describe("the vulnerability database", () => {
  const mirror = (name: string) => `${registry.host}/${name}/trivy-db:2`;
  const said: string[] = [];
  const obtain = (mirrors: string[], rounds = 2) => {
    const [cwd, cacheFolder] = [freshFolder(), freshFolder()];
    const path = join("folder" in trivy ? trivy.folder : "", "trivy");
    said.length = 0;
    const say = (line: string) => said.push(line);
    const signal = new AbortController().signal;
    const program = { path, cwd, env: process.env, say, signal };
    const settings = { cacheFolder, mirrors, skipUpdate: false, timeoutMs: 60_000 };
    return obtainDatabase(program, { ...settings, backOffMs: 20, rounds });
  };
  const hold = async (name: string) =>
    registry.put(`${name}/trivy-db`, "2", NO_CONFIG, [await databaseLayer()]);

  it("comes from the first mirror that has it", async () => {
    await hold("second");
    const { updatedAt } = await obtain([mirror("first"), mirror("second")]);
    expect(updatedAt).toBe("2026-01-01T00:00:00Z");
    expect(said.join("\n")).toContain(`${mirror("first")}: `);
  });

  it("is asked for again after a while when a mirror has too many requests", async () => {
    await hold("busy");
    // Trivy asks three times by itself; only then is it our turn to wait.
    const waited = () => said.some((line) => line.includes("asking again"));
    registry.fault = (path) => (path.includes("/manifests/") && !waited() ? 429 : undefined);
    await obtain([mirror("busy")]);
    expect(said.join("\n")).toMatch(/too many requests \(429\)[\s\S]*asking again in 20ms/);
  });

  it("is not asked for again where there is none", async () => {
    const refused = obtain([mirror("none")]);
    await expect(refused).rejects.toMatchObject({ code: "database-unavailable" });
    expect(said.join("\n")).not.toContain("asking again");
  });

  it("that no mirror gives is an outage, which names each of them", async () => {
    registry.fault = (path) => (path.includes("/one/") ? 503 : undefined);
    const refused = obtain([mirror("one"), mirror("two")], 1);
    await expect(refused).rejects.toMatchObject({
      code: "database-unavailable",
      message: expect.stringMatching(
        /one\/trivy-db:2: .*UNAVAILABLE.*two\/trivy-db:2: .*MANIFEST_UNKNOWN/,
      ),
      hint: expect.stringContaining("db-repository"),
    });
  });

  it("of which half is missing is no database", async () => {
    const cacheFolder = freshFolder();
    writeFiles(cacheFolder, { "db/trivy.db": "" });
    const program = {
      path: "none",
      cwd: cacheFolder,
      env: {},
      say: () => {},
      signal: new AbortController().signal,
    };
    const settings = { cacheFolder, mirrors: [], skipUpdate: true, timeoutMs: 1_000 };
    await expect(obtainDatabase(program, settings)).rejects.toMatchObject({
      code: "database-unavailable",
      message: expect.stringContaining("metadata.json"),
    });
  });

  it("that is out of reach fails the action by its own name, and not as a finding", async () => {
    const workspace = freshFolder();
    writeFiles(workspace, {
      "package-lock.json": lockFile({ "widget-for-tests": { version: "1.0.0" } }),
    });
    const result = await runAction("trivy-scan", {
      workspace,
      inputs: { "scan-type": "fs", scanners: "vuln", "db-repository": mirror("none") },
      env: { PATH },
    });
    expect(result.code).toBe(1);
    expect(result.log).toContain("::error title=trivy-scan%3A database-unavailable::");
    expect(result.outputs.passed).toBeUndefined();
    expect(Gate.parse(JSON.parse(result.outputs.gate ?? ""))).toMatchObject({
      outcome: "failed",
      reason: expect.stringContaining("could not be had"),
    });
    expect(result.summary).toContain("Nothing could be scanned");
  });

  it("is fetched from an own registry and used at once", async () => {
    await hold("own");
    const workspace = freshFolder();
    writeFiles(workspace, {
      "package-lock.json": lockFile({ "widget-for-tests": { version: "1.0.0" } }),
    });
    const result = await runAction("trivy-scan", {
      workspace,
      inputs: { "scan-type": "fs", scanners: "vuln", "db-repository": mirror("own") },
      env: { PATH },
    });
    expect(result.log).toContain("::error title=trivy-scan%3A CVE-2026-0001");
    expect(result.outputs["cache-key"]).toMatch(/^trivy-db-\d{4}-\d{2}-\d{2}$/);
  });
});

describe("an image", () => {
  /** One layer with these files, as a registry holds it. */
  const pushed = async (files: Record<string, string>, variable = "SAID=by-the-image") => {
    const tar = await tarOf(files);
    const diffId = `sha256:${createHash("sha256").update(tar).digest("hex")}`;
    const config = {
      architecture: "amd64",
      os: "linux",
      config: { Env: [variable] },
      rootfs: { type: "layers", diff_ids: [diffId] },
      history: [{ created_by: `ENV ${variable}` }],
    };
    const mediaType = "application/vnd.oci.image.layer.v1.tar+gzip";
    const digest = registry.put(
      "owner/service",
      "v1",
      {
        mediaType: "application/vnd.oci.image.config.v1+json",
        bytes: Buffer.from(JSON.stringify(config)),
      },
      [{ mediaType, bytes: gzipSync(tar) }],
    );
    return { digest, reference: `${registry.host}/owner/service`, tar, config };
  };
  const scan = async (workspace: string, inputs: Record<string, string>) =>
    runAction("trivy-scan", {
      workspace,
      inputs: {
        "cache-dir": await databaseBelow(workspace),
        "skip-db-update": "true",
        "must-cover": "secret",
        ...inputs,
      },
      env: { PATH },
    });

  it("in a registry is scanned without a daemon, and stated by its digest", async () => {
    const manifest = JSON.stringify({ name: "widget-for-tests", version: "1.0.0" });
    const { digest, reference } = await pushed({
      "app/node_modules/widget-for-tests/package.json": manifest,
    });
    const result = await scan(freshFolder(), {
      "image-ref": `${reference}@${digest}`,
      "subject-digest": digest,
    });
    expect(result.log).toContain("CVE-2026-0001");
    const gate = Gate.parse(JSON.parse(result.outputs.gate ?? ""));
    expect(gate.outcome).toBe("failed");
    expect(gate.statement?.subject[0]?.digest.sha256).toBe(digest.slice("sha256:".length));
  });

  it("under a tag that was moved is refused", async () => {
    const { reference } = await pushed({ "app/readme": "hello" });
    const promised = `sha256:${"0".repeat(64)}`;
    const result = await scan(freshFolder(), {
      "image-ref": `${reference}:v1`,
      "subject-digest": promised,
    });
    expect(result.log).toContain("::error title=trivy-scan%3A digest-mismatch::");
  });

  it("as a tar file is scanned for secrets too", async () => {
    const workspace = freshFolder();
    const { tar, config } = await pushed({ "app/deploy.sh": `TOKEN=${plantedToken()}\n` });
    const manifest = [{ Config: "config.json", RepoTags: ["service:v1"], Layers: ["layer.tar"] }];
    const image = {
      "manifest.json": JSON.stringify(manifest),
      "config.json": JSON.stringify(config),
      "layer.tar": tar,
    };
    writeFileSync(join(workspace, "image.tar"), await tarOf(image));
    const result = await scan(workspace, { input: "image.tar", scanners: "secret" });
    expect(result.log).toContain("::error title=trivy-scan%3A github-pat::");
  });

  it("gives away no secret of its environment and its history", async () => {
    const token = plantedToken();
    const { reference } = await pushed({ "app/readme": "hello" }, `GITHUB_TOKEN=${token}`);
    const workspace = freshFolder();
    const result = await scan(workspace, {
      "image-ref": `${reference}:v1`,
      scanners: "vuln,misconfig,secret",
      severity: "LOW,MEDIUM,HIGH,CRITICAL",
    });
    expect(result.outputs.passed).toBe("false");
    const names = ["report", "sarif", "sbom", "spdx"].map((name) => result.outputs[name] ?? "");
    const files = names.map((name) => readFileSync(join(workspace, name), "utf8"));
    const told = [result.log, result.summary, JSON.stringify(result.outputs), ...files];
    expect(told.filter((text) => text.includes(token))).toEqual([]);
  });

  it("that the registry does not have is a clear failure", async () => {
    const result = await scan(freshFolder(), { "image-ref": `${registry.host}/owner/nothing:v1` });
    expect(result.log).toContain("::error title=trivy-scan%3A scan-failed::");
    expect(result.log).toContain("the registry has no such image");
  });
});
