import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Gate } from "../../../lib/evidence/record.ts";
import { subjectsOf } from "../../../lib/evidence/statement.ts";
import { bundleBeside } from "../../../lib/signing/bundle.ts";
import { signFile } from "../../../lib/signing/sign.ts";
import type { PlaceableRelease } from "../../../lib/targets/target.ts";
import type { ActionResult } from "../../support/action-process.ts";
import { type ReleasedSite, releasedSite } from "../../support/released-site.ts";
import { digestOf } from "../../support/service-archive.ts";
import { type SigningDesk, signingDesk, type TestKey } from "../../support/signing-desk.ts";

const found = await signingDesk();
const reason = typeof found === "string" ? found : "";

describe.skipIf(reason !== "")(`deploy to an environment that trusts one key ${reason}`, () => {
  const desk = found as SigningDesk;
  let ours: TestKey;
  let theirs: TestKey;
  let live: ReleasedSite;
  let count = 0;

  beforeAll(async () => {
    ours = await desk.key("ours");
    theirs = await desk.key("theirs");
    // Relative, as it would be committed: to the folder above environments/.
    live = await releasedSite("{ key: keys/sluice.pub }");
    mkdirSync(join(live.workspace, "keys"));
    copyFileSync(ours.publicFile, join(live.workspace, "keys", "sluice.pub"));
  });
  afterAll(() => live.close());

  /** A version in a folder of its own, as an artifact would be downloaded. */
  async function packed(): Promise<PlaceableRelease> {
    count += 1;
    const release = await live.pack(`2.${count}.0`);
    const folder = join(live.workspace, `candidate-${count}`);
    mkdirSync(folder);
    const archivePath = join(folder, basename(release.archivePath));
    renameSync(release.archivePath, archivePath);
    return { ...release, archivePath };
  }

  async function signed(by: TestKey = ours): Promise<PlaceableRelease> {
    const release = await packed();
    const bundle = bundleBeside(release.archivePath);
    await signFile(release.archivePath, { signer: await by.signer(), bundle, shop: by.shop });
    return release;
  }

  const deploy = (release: PlaceableRelease, inputs: Record<string, string> = {}) =>
    live.deploy(release, { PATH: ours.shop.env.PATH ?? "" }, inputs);

  /** No slot was touched, no lease was taken, and the gate says why. */
  async function expectRefused(result: ActionResult, code: string): Promise<string> {
    expect(result.code, result.log).toBe(1);
    expect(result.log).toContain(`::error title=deploy%3A ${code}`);
    const { slots, lease, present } = await live.status();
    expect([slots.blue.release, slots.green.release, lease, present]).toEqual([
      null,
      null,
      null,
      [],
    ]);
    const gate = Gate.parse(JSON.parse(result.outputs.gate ?? ""));
    expect(gate.outcome).toBe("failed");
    return gate.reason;
  }

  it("refuses what nobody signed", async () => {
    await expectRefused(await deploy(await packed()), "unsigned");
  });

  it("refuses what another key signed, and names both", async () => {
    const told = await expectRefused(await deploy(await signed(theirs)), "signature-invalid");
    expect(told).toContain(ours.policy.key.fingerprint);
    expect(told).toContain(theirs.policy.key.fingerprint);
  });

  it("refuses what was altered after signing, by its digest alone", async () => {
    const release = await signed();
    appendFileSync(release.archivePath, " ");
    await expectRefused(await deploy(release), "digest-mismatch");
  });

  it("refuses what was altered after signing, also when the digest was altered with it", async () => {
    const release = await signed();
    appendFileSync(release.archivePath, " ");
    const digest = await digestOf(release.archivePath);
    await expectRefused(await deploy({ ...release, digest }), "signature-invalid");
  });

  it("refuses a bundle that is cut short", async () => {
    const release = await signed();
    writeFileSync(bundleBeside(release.archivePath), '{"mediaType":"application/vnd.dev.sig');
    await expectRefused(await deploy(release), "signature-invalid");
  });

  it("refuses the bundle of another release", async () => {
    const release = await packed();
    const other = await signed();
    const bundle = bundleBeside(other.archivePath);
    await expectRefused(await deploy(release, { bundle }), "signature-invalid");
  });

  it("refuses when the trusted key is not there", async () => {
    const release = await signed();
    const key = join(live.workspace, "keys", "sluice.pub");
    rmSync(key);
    const told = await expectRefused(await deploy(release), "invalid-input");
    copyFileSync(ours.publicFile, key);
    expect(told).toContain("keys/sluice.pub");
  });

  it("places what the key signed, and states by whom and with which bundle", async () => {
    const release = await signed();
    const result = await deploy(release, { archive: dirname(release.archivePath) });
    expect(result.code, result.log).toBe(0);
    const gate = Gate.parse(JSON.parse(result.outputs.gate ?? ""));
    expect(gate.reason).toContain(`signed by ${ours.policy.key.fingerprint}`);
    expect(gate.statement && subjectsOf(gate.statement)).toEqual([release.digest]);
    expect(gate.statement?.predicate).toMatchObject({
      outcome: "passed",
      verification: {
        mode: "key",
        by: ours.policy.key.fingerprint,
        bundleDigest: await digestOf(bundleBeside(release.archivePath)),
        logged: false,
      },
    });
    expect(result.summary).toContain(ours.policy.key.fingerprint);
  });

  it("finds the bundle under another name in the folder that was downloaded", async () => {
    const release = await signed();
    const folder = dirname(release.archivePath);
    mkdirSync(join(folder, "signatures"));
    renameSync(bundleBeside(release.archivePath), join(folder, "signatures", "a.sigstore.json"));
    const result = await deploy(release, { archive: folder });
    expect(result.code, result.log).toBe(0);
  });
});

describe("deploy to an environment", () => {
  it("that says `verify: off` warns, and records that nobody checked", async () => {
    const live = await releasedSite("off");
    const result = await live.deploy(await live.pack("1.0.0"));
    await live.close();
    expect(result.code, result.log).toBe(0);
    expect(result.log).toContain("::warning title=deploy%3A signature not checked");
    const gate = Gate.parse(JSON.parse(result.outputs.gate ?? ""));
    expect(gate.reason).toContain("its signature was not checked (verify: off)");
    expect(gate.statement?.predicate.verification).toEqual({ mode: "off" });
    expect(result.summary).toContain("verify: off");
  });

  it("that says nothing of signatures is refused, with what to write", async () => {
    const live = await releasedSite("");
    const result = await live.deploy(await live.pack("1.0.0"));
    const { present } = await live.status();
    await live.close();
    expect(result.code).toBe(1);
    expect(result.log).toContain("::error title=deploy%3A invalid-environment");
    expect(result.log).toContain("verify: { key: sluice.pub }");
    expect(present).toEqual([]);
  });
});
