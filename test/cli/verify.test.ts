import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { assembleRelease } from "../../lib/evidence/assemble.ts";
import { canonicalJson, digestOf } from "../../lib/evidence/canonical.ts";
import { REQUIRED_GATES } from "../../lib/evidence/chain.ts";
import { digestOfFile } from "../../lib/evidence/digest.ts";
import type { Gate, GateOutcome, ReleaseRecord } from "../../lib/evidence/record.ts";
import { PREDICATE, statementOf } from "../../lib/evidence/statement.ts";
import { signFile } from "../../lib/signing/sign.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { type SigningDesk, signingDesk, type TestKey } from "../support/signing-desk.ts";
import { startSluice } from "../support/sluice-command.ts";

const found = await signingDesk();
const lacking = typeof found === "string" ? `: ${found}` : "";
const KINDS: Readonly<Record<string, string>> = {
  build: PREDICATE.provenance,
  "trivy-scan": PREDICATE.scan,
  "cosign-sign": PREDICATE.signature,
  deploy: PREDICATE.deploy,
  "k6-gate": PREDICATE.load,
  "canary-promote": PREDICATE.rollout,
};
const ROLLOUT = { plan: { strategy: "canary", steps: [] }, steps: [], secondsToZero: null };

describe.skipIf(lacking !== "")(`sluice verify${lacking}`, () => {
  const desk = found as SigningDesk;
  let key: TestKey;
  let digest: Digest;
  let archive: string;

  beforeAll(async () => {
    key = await desk.key("owner");
    archive = join(desk.folder, "engine.tar.gz");
    await writeFile(archive, "the released bytes");
    digest = await digestOfFile(archive);
    await sign(archive, key);
  });

  async function sign(file: string, by: TestKey) {
    const bundle = `${file}.sigstore.json`;
    await signFile(file, { signer: await by.signer(), bundle, shop: by.shop });
  }

  /** A record in a folder of its own, signed unless nobody is to sign it. */
  async function recorded(
    name: string,
    release: ReleaseRecord | undefined,
    by?: TestKey,
  ): Promise<string> {
    const releases = release === undefined ? [] : [release];
    const folder = join(desk.folder, name);
    await mkdir(folder);
    const path = join(folder, "record.json");
    await writeFile(path, canonicalJson({ schema: 1, releases }));
    if (by !== undefined) await sign(path, by);
    return path;
  }

  function verify(record: string, ...options: string[]) {
    const { shop } = key;
    return startSluice(["verify", record, ...options], { cwd: desk.folder, env: shop.env }).ended;
  }

  it("believes nothing of a record that has no release, however well signed", async () => {
    const record = await recorded("empty", undefined, key);
    const { code, output } = await verify(record, "--key", key.publicFile, "--promoted");
    expect(output).toContain("✗ record releases: it has no release in it");
    expect(code).toBe(1);
  });

  it("believes a promoted release that its owner signed, bytes and all", async () => {
    const record = await recorded("good", releaseOf(digest), key);
    const options = ["--key", key.publicFile, "--promoted", "--archive", archive];
    const { code, output } = await verify(record, ...options);
    expect(output).toContain("links hold");
    expect(output).toContain("✓ 1.2.3 requires k6-gate: passed");
    expect(output).toContain("✓ 1.2.3 archive: sha256:");
    expect(code).toBe(0);
  });

  it("names the signature as the first broken link when one byte of the record was changed", async () => {
    const record = await recorded("changed", releaseOf(digest), key);
    const text = await readFile(record, "utf8");
    await writeFile(record, text.replace("1.2.3", "1.2.4"));
    const { code, output } = await verify(record, "--key", key.publicFile);
    expect(code).toBe(1);
    expect(output).toContain("the first link that does not hold is record signature");
  });

  it("does not believe a record that somebody else signed, or nobody", async () => {
    const others = await recorded("others", releaseOf(digest), await desk.key("stranger"));
    expect((await verify(others, "--key", key.publicFile)).output).toContain("✗ record signature");
    const nobodys = await recorded("nobodys", releaseOf(digest));
    const { code, output } = await verify(nobodys, "--key", key.publicFile);
    expect(code).toBe(1);
    expect(output).toContain("has no signature");
  });

  it("names the gate that judged other bytes, however well the record is signed", async () => {
    const other = digestOf("other bytes");
    const record = await recorded(
      "waved",
      releaseOf(digest, { "trivy-scan": { about: other } }),
      key,
    );
    const { code, output } = await verify(record, "--key", key.publicFile, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(output.slice(output.indexOf("{\n")))).toMatchObject({
      holds: false,
      broken: { release: "1.2.3", name: "trivy-scan" },
    });
  });

  it("takes a gate that was skipped by request only when it is told to", async () => {
    const release = releaseOf(digest, { "k6-gate": { outcome: "skipped" } });
    const record = await recorded("skipped", release, key);
    const told = await verify(record, "--key", key.publicFile);
    expect(told.code).toBe(1);
    expect(told.output).toContain("✗ 1.2.3 requires k6-gate: skipped");
    const allowed = await verify(record, "--key", key.publicFile, "--allow-skipped", "k6-gate");
    expect(allowed.code).toBe(0);
  });

  it("does not take other bytes for the released ones", async () => {
    const record = await recorded("bytes", releaseOf(digest), key);
    const other = join(desk.folder, "other.tar.gz");
    await writeFile(other, "other bytes");
    await sign(other, key);
    const { code, output } = await verify(record, "--key", key.publicFile, "--archive", other);
    expect(code).toBe(1);
    expect(output).toContain("✗ archive archive");
  });

  it("objects to what was placed under verify: off, unless the archive itself tells whose it is", async () => {
    const release = releaseOf(digest, { deploy: { verification: "off" } });
    const record = await recorded("off", release, key);
    const byKey = ["--key", key.publicFile, "--promoted"];
    const alone = await verify(record, ...byKey);
    expect(alone.output).toContain(
      "✗ 1.2.3 signature when placed: nobody checked it (verify: off)",
    );
    expect(alone.code).toBe(1);
    const beside = await verify(record, ...byKey, "--archive", archive);
    expect(beside.output).toContain("the archive's own is checked now");
    expect(beside.code).toBe(0);
    const other = join(desk.folder, "not-released.tar.gz");
    await writeFile(other, "not the released bytes");
    await sign(other, key);
    const unlike = await verify(record, ...byKey, "--archive", other);
    expect(unlike.output).toContain("✗ 1.2.3 signature when placed");
    expect(unlike.code).toBe(1);
  });

  it("does not let a signature be named of an archive that is not", async () => {
    const record = await recorded("bundle", releaseOf(digest), key);
    const options = ["--key", key.publicFile, "--archive-bundle", "engine.tar.gz.sigstore.json"];
    const { code, output } = await verify(record, ...options);
    expect(code).toBe(2);
    expect(output).toContain("--archive-bundle is given, and no --archive");
  });

  it("checks nothing before it knows whose signature counts", async () => {
    const record = await recorded("whose", releaseOf(digest), key);
    const { code, output } = await verify(record);
    expect(code).toBe(2);
    expect(output).toContain("whose signature counts?");
    expect(output).toContain("--key, or --identity together with --issuer");
  });

  it("says which gates there are when one is required that is none", async () => {
    const record = await recorded("typo", releaseOf(digest), key);
    const { code, output } = await verify(
      record,
      "--key",
      key.publicFile,
      "--require",
      "trivi-scan",
    );
    expect(code).toBe(2);
    expect(output).toContain("did you mean trivy-scan?");
  });

  it("is good for any bundle that the real cosign takes", async () => {
    const record = await recorded("cosign", releaseOf(digest), key);
    const args = ["verify-blob", "--key", key.publicFile, "--insecure-ignore-tlog=true"];
    const bundle = `${record}.sigstore.json`;
    expect(() =>
      execFileSync(desk.cosign, [...args, "--bundle", bundle, record], { stdio: "pipe" }),
    ).not.toThrow();
  });
});

interface Otherwise {
  about?: Digest;
  outcome?: GateOutcome;
  verification?: "key" | "off";
}

function releaseOf(digest: Digest, otherwise: Record<string, Otherwise> = {}): ReleaseRecord {
  const needs = Object.fromEntries(
    REQUIRED_GATES.map((name) => [
      name,
      {
        result: "success" as const,
        outputs: { gate: JSON.stringify(gateOf(name, digest, otherwise[name] ?? {})) },
      },
    ]),
  );
  const told = {
    result: "success" as const,
    outputs: { digest, rollout: JSON.stringify(ROLLOUT) },
  };
  const traffic = { requests: null, failed: null, lost: null };
  const facts = { version: "1.2.3", commit: "0".repeat(40), traffic };
  return assembleRelease({ needs: { ...needs, told }, ...facts });
}

function gateOf(
  name: string,
  digest: Digest,
  { about = digest, outcome = "passed", verification = "key" }: Otherwise,
): Gate {
  const reason = outcome === "skipped" ? "skipped by request" : `${name} says so`;
  const gate = { name, outcome, reason };
  if (name === "approval" || outcome === "skipped") return gate;
  const rolloutDigest = digestOf(canonicalJson(ROLLOUT));
  const result = { scanner: { result: { outcome } } };
  const predicate = { outcome, rolloutDigest, verification: { mode: verification }, ...result };
  const subject = { name: "engine.tar.gz", digest: about };
  const predicateType = KINDS[name] ?? "urn:test:v1";
  return { ...gate, statement: statementOf({ predicateType, subject, predicate }) };
}
