import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { statementOf } from "../../../lib/evidence/statement.ts";
import { attestFile } from "../../../lib/signing/attest-file.ts";
import { bundleBeside } from "../../../lib/signing/bundle.ts";
import { signImage } from "../../../lib/signing/image.ts";
import type { IdentityPolicy } from "../../../lib/signing/policy.ts";
import { signFile } from "../../../lib/signing/sign.ts";
import { openSigner, type SignerSettings } from "../../../lib/signing/signer.ts";
import { verifyFile } from "../../../lib/signing/verify.ts";
import type { Shop } from "../../../lib/tools/shop.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { startRegistry } from "../../support/image-registry.ts";
import { type LoopbackSigstore, loopbackSigstore } from "../../support/loopback-sigstore.ts";
import { type SigningDesk, signingDesk } from "../../support/signing-desk.ts";

const found = await signingDesk();
const reason = typeof found === "string" ? found : "";

const RELEASE = "owner/shop/.github/workflows/release.yml@refs/tags/v1.2.3";
const IDENTITY = `https://github.com/${RELEASE}`;

describe.skipIf(reason !== "")(`a file signed by a job's identity ${reason}`, () => {
  const desk = found as SigningDesk;
  let sigstore: LoopbackSigstore;
  let folder: string;
  let file: string;
  let shop: Shop;
  let trust: Pick<SignerSettings, "signingConfig" | "trustedRoot" | "transparencyLog">;
  let said: string[];

  beforeEach(async () => {
    folder = freshFolder();
    file = join(folder, "shop.tar.gz");
    writeFileSync(file, "bytes");
    sigstore = await loopbackSigstore(folder);
    const { signingConfig, trustedRoot } = sigstore;
    trust = { signingConfig, trustedRoot, transparencyLog: true };
    said = [];
    shop = desk.shopWith(
      sigstore.envOf({ workflowRef: RELEASE, repository: "owner/shop" }),
      (line) => said.push(line),
    );
  });
  afterEach(() => sigstore[Symbol.asyncDispose]());

  const signed = async () => {
    const bundle = bundleBeside(file);
    const signer = await openSigner(trust, shop);
    const result = await signFile(file, { signer, bundle, shop, patienceMs: 0 });
    return { signer, bundle, result };
  };

  const policy = (change: Partial<IdentityPolicy> = {}): IdentityPolicy => ({
    by: "identity",
    identity: { exactly: IDENTITY },
    issuer: sigstore.issuer,
    trustedRoot: sigstore.trustedRoot,
    ...change,
  });

  it("is good for who expects that workflow, is in the log, and is signed once", async () => {
    const { bundle, result } = await signed();
    expect(result).toMatchObject({ mode: "identity", by: IDENTITY, logged: true });
    const repository = "owner/shop";
    expect(await verifyFile(file, bundle, policy({ repository }), { shop })).toMatchObject({
      by: IDENTITY,
    });
    const matching = "^https://github\\.com/owner/shop/\\.github/.*@refs/tags/v[0-9.]+$";
    await verifyFile(file, bundle, policy({ identity: { matching } }), { shop });
    const entries = sigstore.asked.length;
    expect((await signed()).result.alreadySigned).toBe(true);
    const later = sigstore.asked.slice(entries);
    expect(later.every((path) => path.startsWith("/token/"))).toBe(true);
  });

  it.each([
    ["another workflow", { identity: { exactly: `${IDENTITY}0` } }],
    ["another tag's pattern", { identity: { matching: "^.*@refs/heads/main$" } }],
    [
      "one of two others",
      { identity: { matching: "^https://github\\.com/other/|/v9$|v[0-9.]+$" } },
    ],
    ["another issuer", { issuer: "https://token.actions.githubusercontent.com" }],
    ["a run of another repository", { repository: "owner/fork" }],
  ])("is refused by who expects %s", async (_, change) => {
    const { bundle } = await signed();
    const verifying = verifyFile(file, bundle, policy(change), { shop });
    await expect(verifying).rejects.toMatchObject({ code: "signature-invalid" });
  });

  it("is refused when one byte is altered, and under another Sigstore's root", async () => {
    const { bundle } = await signed();
    const elsewhere = freshFolder();
    await using other = await loopbackSigstore(elsewhere);
    const { trustedRoot } = other;
    await expect(verifyFile(file, bundle, policy({ trustedRoot }), { shop })).rejects.toMatchObject(
      {
        code: "signature-invalid",
      },
    );
    writeFileSync(file, "bites");
    await expect(verifyFile(file, bundle, policy(), { shop })).rejects.toMatchObject({
      code: "signature-invalid",
    });
  });

  it("is refused without its entry in the log: the certificate has long run out", async () => {
    const { bundle } = await signed();
    const without = JSON.parse(readFileSync(bundle, "utf8"));
    without.verificationMaterial.tlogEntries = [];
    writeFileSync(bundle, JSON.stringify(without));
    await expect(verifyFile(file, bundle, policy(), { shop })).rejects.toMatchObject({
      code: "signature-invalid",
    });
  });

  it("is refused when the authority was no longer to be trusted at that time", async () => {
    const { bundle } = await signed();
    const root = JSON.parse(readFileSync(sigstore.trustedRoot, "utf8"));
    root.certificateAuthorities[0].validFor.end = "2024-02-01T00:00:00Z";
    const trustedRoot = join(folder, "expired-root.json");
    writeFileSync(trustedRoot, JSON.stringify(root));
    await expect(verifyFile(file, bundle, policy({ trustedRoot }), { shop })).rejects.toMatchObject(
      {
        code: "signature-invalid",
      },
    );
  });

  it("is as good when a key signed it and the log is demanded", async () => {
    const ours = await desk.key(`logged-${Date.now()}`);
    const { signingConfig, trustedRoot } = sigstore;
    const key = { ...ours.policy, trustedRoot };
    const bundle = bundleBeside(file);
    await signFile(file, { signer: await ours.signer(), bundle, shop: ours.shop });
    const demanding = { ...key, transparencyLog: true };
    const unlogged = verifyFile(file, bundle, demanding, { shop });
    await expect(unlogged).rejects.toMatchObject({ code: "signature-invalid" });
    const settings = {
      key: "env://SIGNING_KEY",
      transparencyLog: true,
      signingConfig,
      trustedRoot,
    };
    const signer = await openSigner(settings, ours.shop);
    const result = await signFile(file, { signer, bundle, shop: ours.shop, patienceMs: 0 });
    expect(result).toMatchObject({ alreadySigned: false, logged: true });
    expect(await verifyFile(file, bundle, demanding, { shop })).toMatchObject({ logged: true });
    // Who does not ask for the log takes it too.
    expect(await verifyFile(file, bundle, ours.policy, { shop })).toMatchObject({ logged: false });
  });

  it("is attested by the same identity", async () => {
    const { signer, result } = await signed();
    const statement = statementOf({
      predicateType: "urn:test:scan:v1",
      subject: { name: "shop.tar.gz", digest: result.digest },
      predicate: { outcome: "passed" },
    });
    const bundle = bundleBeside(`${file}.scan`);
    const settings = { signer, shop, bundle, digest: result.digest, patienceMs: 0 };
    const first = await attestFile({ kind: "scan", statement }, settings);
    expect(first.alreadyAttested).toBe(false);
    const again = await attestFile({ kind: "scan", statement }, settings);
    expect(again.alreadyAttested).toBe(true);
  });

  it("may be an image, too", async () => {
    await using registry = await startRegistry();
    const image = registry.push("shop", "layer");
    const signer = await openSigner(trust, shop);
    const first = await signImage(image, { signer, shop, patienceMs: 0 });
    expect(first).toMatchObject({ alreadySigned: false, by: IDENTITY });
    expect(await signImage(image, { signer, shop })).toMatchObject({ alreadySigned: true });
  });

  it("is not signed by a job that is somebody else than expected", async () => {
    const opened = openSigner({ ...trust, identity: `${IDENTITY}0` }, shop);
    await expect(opened).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining(IDENTITY),
    });
  });

  it.each([
    ["signingCert", "the certificate authority (Fulcio)"],
    ["log/entries", "the transparency log (Rekor)"],
    ["token", "the OIDC issuer"],
  ])("says which service is out of order: %s", async (down, service) => {
    sigstore.down = down;
    const signing = signed();
    await expect(signing).rejects.toMatchObject({
      code: "transparency-log-unavailable",
      message: expect.stringContaining(service),
    });
    expect(existsSync(bundleBeside(file))).toBe(false);
  });

  it("is signed when the log comes back in time", async () => {
    sigstore.down = "log/entries";
    const signer = await openSigner(trust, shop);
    const bundle = bundleBeside(file);
    shop.say = (line) => {
      said.push(line);
      if (line.includes("trying again")) sigstore.down = undefined;
    };
    const result = await signFile(file, { signer, bundle, shop, patienceMs: 10_000 });
    expect(result.alreadySigned).toBe(false);
    expect(said.filter((line) => line.includes("trying again in 1 s"))).toHaveLength(1);
  });
});
