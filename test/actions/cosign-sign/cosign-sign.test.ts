import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Gate } from "../../../lib/evidence/record.ts";
import { PREDICATE, statementOf, subjectsOf } from "../../../lib/evidence/statement.ts";
import type { Digest } from "../../../lib/units/digest.ts";
import { type ActionResult, startAction } from "../../support/action-process.ts";
import { failingServer } from "../../support/failing-server.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { startRegistry } from "../../support/image-registry.ts";
import { digestOf } from "../../support/service-archive.ts";
import { type SigningDesk, signingDesk, type TestKey } from "../../support/signing-desk.ts";

const found = await signingDesk();
const reason = typeof found === "string" ? found : "";
const OTHER = `sha256:${"0".repeat(64)}` as Digest;

describe.skipIf(reason !== "")(`cosign-sign ${reason}`, () => {
  const desk = found as SigningDesk;
  let ours: TestKey;
  let workspace: string;
  let archive: string;
  let digest: Digest;

  beforeAll(async () => {
    ours = await desk.key("ours");
  });
  beforeEach(async () => {
    workspace = freshFolder();
    mkdirSync(join(workspace, "out"));
    archive = join(workspace, "out", "shop.tar.gz");
    writeFileSync(archive, `bytes of ${workspace}`);
    digest = await digestOf(archive);
  });

  const WITH_KEY = { key: "env://SIGNING_KEY", "transparency-log": "false" };

  function start(inputs: Record<string, string>, env: Record<string, string> = {}) {
    const { PATH = "", SIGNING_KEY = "", COSIGN_PASSWORD = "" } = ours.shop.env;
    const known = { PATH, SIGNING_KEY, COSIGN_PASSWORD };
    return startAction("cosign-sign", { workspace, inputs, env: { ...known, ...env } });
  }

  const sign = (...call: Parameters<typeof start>) => start(...call).ended;

  const candidate = (of: Digest = digest) =>
    JSON.stringify({
      name: "shop",
      version: "1.0.0",
      commit: "c".repeat(40),
      artifacts: [{ kind: "archive", uri: "out/shop.tar.gz", digest: of, size: 1 }],
    });

  const scanGate = (of: Digest) =>
    JSON.stringify({
      name: "trivy-scan",
      outcome: "passed",
      reason: "nothing found",
      statement: statementOf({
        predicateType: PREDICATE.scan,
        subject: { name: "shop.tar.gz", digest: of },
        predicate: { outcome: "passed" },
      }),
    });

  const gateOf = ({ outputs }: ActionResult) => Gate.parse(JSON.parse(outputs.gate ?? ""));

  /** What the log shows to people: a mask is for the runner, which shows nothing of it. */
  const shown = ({ log, summary }: ActionResult) =>
    `${log.replaceAll(/^::add-mask::.*$/gm, "")}${summary}`;

  async function expectRefused(result: ActionResult, code: string, ...told: string[]) {
    expect(result.code, result.log).toBe(1);
    expect(result.log).toContain(`::error title=cosign-sign%3A ${code}`);
    for (const text of told) expect(result.log).toContain(text);
    expect(gateOf(result).outcome).toBe("failed");
    expect(readdirSync(join(workspace, "out"))).toEqual(["shop.tar.gz"]);
  }

  it("signs an archive and attests what is known of it, so that cosign itself agrees", async () => {
    const sbom = { bomFormat: "CycloneDX", specVersion: "1.6", components: [] };
    writeFileSync(join(workspace, "out", "sbom.json"), JSON.stringify(sbom));
    writeFileSync(join(workspace, "out", "load.json"), '{"outcome":"passed","ratio":1.01}');
    const result = await sign({
      ...WITH_KEY,
      candidate: candidate(),
      "sbom-path": "out/sbom.json",
      scan: scanGate(digest),
      load: "out/load.json",
    });
    expect(result.code, result.log).toBe(0);
    expect(result.outputs).toMatchObject({
      digest,
      "bundle-path": "out/shop.tar.gz.sigstore.json",
      "signed-by": ours.policy.key.fingerprint,
      "already-signed": "false",
    });
    const { statement } = gateOf(result);
    expect(statement && subjectsOf(statement)).toEqual([digest]);
    expect(statement?.predicateType).toBe(PREDICATE.signature);
    const paths = result.outputs["attestation-paths"]?.split("\n") ?? [];
    expect(paths).toEqual(
      ["sbom", "provenance", "scan", "load"].map((kind) => `out/shop.tar.gz.${kind}.sigstore.json`),
    );
    const key = ["--key", ours.publicFile, "--insecure-ignore-tlog=true"];
    const cosign = (...args: string[]) =>
      execFileSync(desk.cosign, [...args, archive], { cwd: workspace, stdio: "pipe" });
    cosign("verify-blob", ...key, "--bundle", result.outputs["bundle-path"] ?? "");
    const types = ["cyclonedx", "slsaprovenance1", PREDICATE.scan, PREDICATE.load];
    for (const [at, type] of types.entries()) {
      const what = ["--type", type, "--bundle", paths[at] ?? ""];
      cosign("verify-blob-attestation", ...key, ...what);
    }
    expect(provenanceIn(join(workspace, paths[1] ?? ""))).toMatchObject({
      buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: "c".repeat(40) } }] },
    });
  });

  it("signs once, and says so the second time", async () => {
    const inputs = { ...WITH_KEY, candidate: candidate() };
    await sign(inputs);
    const bundle = readFileSync(`${archive}.sigstore.json`, "utf8");
    const again = await sign(inputs);
    expect(again.code, again.log).toBe(0);
    expect(again.outputs["already-signed"]).toBe("true");
    expect(gateOf(again).reason).toContain("signed already");
    expect(readFileSync(`${archive}.sigstore.json`, "utf8")).toBe(bundle);
  });

  it("signs several files by globs, and never a bundle", async () => {
    writeFileSync(join(workspace, "out", "shop.zip"), "zip");
    writeFileSync(join(workspace, "out", "notes.txt"), "text");
    const inputs = { ...WITH_KEY, "subject-path": "out/*\n!out/*.txt" };
    const first = await sign(inputs);
    expect(first.code, first.log).toBe(0);
    const again = await sign(inputs);
    expect(again.outputs["bundle-path"]).toBe(
      "out/shop.tar.gz.sigstore.json\nout/shop.zip.sigstore.json",
    );
    expect(gateOf(again).statement?.subject).toHaveLength(2);
  });

  it("signs an image in two registries, and attests it there", async () => {
    await using first = await startRegistry();
    await using second = await startRegistry({ referrers: false });
    const { name, digest: image } = first.push("team/shop", "layer");
    second.push("shop", "layer");
    writeFileSync(join(workspace, "load.json"), '{"outcome":"passed"}');
    const result = await sign({
      ...WITH_KEY,
      "subject-name": `${name}, ${second.host}/shop`,
      "subject-digest": image,
      load: "load.json",
    });
    expect(result.code, result.log).toBe(0);
    expect(first.attached("team/shop")).toBe(2);
    expect(second.attached("shop")).toBe(2);
    expect(result.outputs["bundle-path"]).toBe("");
    const apart = await sign({
      ...WITH_KEY,
      "subject-name": name,
      "subject-digest": image,
      "push-to-registry": "false",
    });
    expect(apart.code, apart.log).toBe(0);
    expect(existsSync(join(workspace, apart.outputs["bundle-path"] ?? "none"))).toBe(true);
    expect(first.attached("team/shop")).toBe(2);
  });

  it("says which image was signed when the second registry refuses", async () => {
    await using first = await startRegistry();
    await using second = await startRegistry();
    const { name, digest: image } = first.push("shop", "layer");
    second.push("shop", "layer");
    second.mood = { refuses: 403 };
    const names = `${name},${second.host}/shop`;
    const result = await sign({ ...WITH_KEY, "subject-name": names, "subject-digest": image });
    await expectRefused(result, "refused", `signed before that: ${name}`, "log in to the registry");
  });

  it.each([
    ["a tag", { "subject-name": "ghcr.io/owner/shop:v1" }, "a tag can be moved"],
    ["a name without registry", { "subject-name": "shop" }, "accepted: an image's full name"],
    ["no digest", { "subject-name": "ghcr.io/owner/shop" }, "only digests are signed"],
    ["nothing", {}, "nothing to sign"],
    ["a glob that finds nothing", { "subject-path": "out/*.zip" }, "no file more is at out/*.zip"],
    ["files and images", { "subject-path": "out/*", "subject-name": "ghcr.io/a/b" }, "either"],
    ["a key and an identity", { "subject-path": "out/*", identity: "me" }, "leave out key"],
    [
      "a type without predicate",
      { "subject-path": "out/*", "predicate-type": "urn:a" },
      "together",
    ],
  ])("refuses %s, and says what to write", async (_, inputs, told) => {
    const result = await sign({ ...WITH_KEY, ...inputs });
    expect(result.code).toBe(1);
    expect(result.log).toContain(told);
    expect(readdirSync(join(workspace, "out"))).toEqual(["shop.tar.gz"]);
  });

  it("refuses an archive that was altered after it was built", async () => {
    appendFileSync(archive, " ");
    const result = await sign({ ...WITH_KEY, candidate: candidate() });
    await expectRefused(result, "digest-mismatch", digest);
  });

  it("refuses to attest what was found out about other bytes", async () => {
    const result = await sign({ ...WITH_KEY, candidate: candidate(), scan: scanGate(OTHER) });
    await expectRefused(result, "digest-mismatch", OTHER);
  });

  it.each([
    ["a path", "keys/cosign.key"],
    ["the key itself", ""],
  ])("refuses %s as key, and shows nothing of it", async (_, key) => {
    const given = key || ours.privateKey;
    const result = await sign({ "subject-path": "out/*", key: given });
    expect(result.code).toBe(1);
    expect(result.log).toContain("accepted: env://NAME");
    expect(shown(result)).not.toContain(given.split("\n")[1] ?? given);
    expect(readdirSync(join(workspace, "out"))).toEqual(["shop.tar.gz"]);
  });

  it("masks key and password, and shows neither when the password is wrong", async () => {
    const result = await sign(
      { ...WITH_KEY, "subject-path": "out/*" },
      { COSIGN_PASSWORD: "guessed wrongly" },
    );
    await expectRefused(result, "invalid-input", "cannot be opened");
    expect(result.log).toContain("::add-mask::guessed wrongly");
    expect(result.log).toContain("::add-mask::-----BEGIN");
    expect(shown(result)).not.toContain("guessed wrongly");
    expect(shown(result)).not.toContain(ours.privateKey.split("\n")[2]);
  });

  it("never puts key or password on a command line", async () => {
    const folder = freshFolder();
    const seen = join(folder, "argv");
    const wrapper = `#!/bin/sh\nprintf '%s\\n' "$@" >> '${seen}'\nexec '${desk.cosign}' "$@"\n`;
    writeFileSync(join(folder, "cosign"), wrapper, { mode: 0o755 });
    const PATH = `${folder}:${ours.shop.env.PATH}`;
    const result = await sign({ ...WITH_KEY, candidate: candidate() }, { PATH });
    expect(result.code, result.log).toBe(0);
    const argv = readFileSync(seen, "utf8");
    expect(argv).toContain("sign-blob\n");
    expect(argv).toContain("attest-blob\n");
    expect(argv).not.toContain(ours.password);
    for (const line of ours.privateKey.trim().split("\n")) expect(argv).not.toContain(line);
  });

  it("says what a job without key and identity lacks", async () => {
    const result = await sign({ "subject-path": "out/*" });
    await expectRefused(result, "invalid-input", "id-token: write");
  });

  it("tells an outage of the log from a refusal, and what is left behind", async () => {
    await using log = await failingServer(503);
    writeFileSync(join(workspace, "sigstore.json"), signingConfig(log.url));
    const result = await sign({
      key: "env://SIGNING_KEY",
      "subject-path": "out/*",
      "signing-config": "sigstore.json",
      "outage-timeout": "1500ms",
    });
    await expectRefused(
      result,
      "transparency-log-unavailable",
      "the transparency log (Rekor) does not answer",
      "out/shop.tar.gz is left behind without a signature",
      "trying again in 1 s",
    );
    // cosign asks twice by itself, and was called twice.
    expect(log.asked).toHaveLength(4);
  });

  it("leaves nothing behind when it is cancelled while it waits for the log", async () => {
    await using log = await failingServer(503);
    writeFileSync(join(workspace, "sigstore.json"), signingConfig(log.url));
    const running = start({
      key: "env://SIGNING_KEY",
      "subject-path": "out/*",
      "signing-config": "sigstore.json",
    });
    await running.shows("trying again in");
    running.child.kill("SIGINT");
    await expectRefused(await running.ended, "cancelled", "cancelled by SIGINT");
  });
});

/** An own Sigstore whose every service is at `url`. */
function signingConfig(url: string): string {
  const service = {
    url,
    majorApiVersion: 1,
    validFor: { start: "2024-01-01T00:00:00Z" },
    operator: "test",
  };
  return JSON.stringify({
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [service],
    rekorTlogUrls: [service],
    rekorTlogConfig: { selector: "ANY" },
    tsaConfig: {},
  });
}

function provenanceIn(bundle: string): unknown {
  const { dsseEnvelope } = JSON.parse(readFileSync(bundle, "utf8"));
  return JSON.parse(Buffer.from(dsseEnvelope.payload, "base64").toString()).predicate;
}
