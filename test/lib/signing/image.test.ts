import { beforeAll, describe, expect, it } from "vitest";
import { statementOf } from "../../../lib/evidence/statement.ts";
import { attestImage } from "../../../lib/signing/attest-image.ts";
import { signImage, verifyImage } from "../../../lib/signing/image.ts";
import type { ImageReference } from "../../../lib/signing/reference.ts";
import type { SignSettings } from "../../../lib/signing/sign.ts";
import { startRegistry } from "../../support/image-registry.ts";
import { type SigningDesk, signingDesk, type TestKey } from "../../support/signing-desk.ts";

const found = await signingDesk();
const reason = typeof found === "string" ? found : "";

describe.skipIf(reason !== "")(`an image signed with a key ${reason}`, () => {
  const desk = found as SigningDesk;
  let ours: TestKey;
  let theirs: TestKey;
  let settings: SignSettings;

  beforeAll(async () => {
    ours = await desk.key("ours");
    theirs = await desk.key("theirs");
    settings = { signer: await ours.signer(), shop: ours.shop, patienceMs: 0 };
  });

  const check = (image: ImageReference, by: TestKey = ours) =>
    verifyImage(image, by.policy, { shop: by.shop });

  it.each([
    ["with the referrers API", true],
    ["without it, by a tag", false],
  ])("is good in a registry %s, and is signed once", async (_, referrers) => {
    await using registry = await startRegistry({ referrers });
    const image = registry.push("team/app", "layer");
    await expect(check(image)).rejects.toMatchObject({ code: "unsigned" });
    expect(await signImage(image, settings)).toMatchObject({ alreadySigned: false });
    const attached = registry.attached("team/app");
    expect(await check(image)).toMatchObject({ by: ours.policy.key.fingerprint });
    expect(await signImage(image, settings)).toMatchObject({ alreadySigned: true });
    expect(registry.attached("team/app")).toBe(attached);
    await expect(check(image, theirs)).rejects.toMatchObject({ code: "signature-invalid" });
  });

  it("is good in both of two registries", async () => {
    await using first = await startRegistry();
    await using second = await startRegistry({ referrers: false });
    for (const registry of [first, second]) {
      const image = registry.push("app", "the same");
      await signImage(image, settings);
      await check(image);
    }
  });

  it("gets a second signature by another key, and both are good", async () => {
    await using registry = await startRegistry();
    const image = registry.push("app", "layer");
    await signImage(image, settings);
    await signImage(image, { ...settings, signer: await theirs.signer() });
    await check(image);
    await check(image, theirs);
  });

  it("is not signed by an attestation alone", async () => {
    await using registry = await startRegistry();
    const image = registry.push("app", "layer");
    await attestImage(image, { kind: "scan", statement: scanOf(image) }, settings);
    await expect(check(image)).rejects.toMatchObject({ code: "unsigned" });
  });

  it("is attested once for each thing that is said of it", async () => {
    await using registry = await startRegistry();
    const image = registry.push("app", "layer");
    const attestation = { kind: "scan" as const, statement: scanOf(image) };
    const first = await attestImage(image, attestation, settings);
    expect(first).toMatchObject({ alreadyAttested: false, predicateType: "urn:test:scan:v1" });
    expect(await attestImage(image, attestation, settings)).toMatchObject({
      alreadyAttested: true,
    });
    const other = { ...attestation.statement, predicate: { outcome: "failed" } };
    const again = await attestImage(image, { kind: "scan", statement: other }, settings);
    expect(again.alreadyAttested).toBe(false);
    expect(registry.attached("app")).toBe(2);
  });

  it.each([
    ["takes no login", { refuses: 403 }, "refused", "log in"],
    ["is down", { refuses: 503 }, "target-unreachable", "when the registry answers"],
  ])(
    "says so when the registry %s",
    async (_, mood, code, hint) => {
      await using registry = await startRegistry();
      const image = registry.push("app", "layer");
      registry.mood = mood;
      await expect(signImage(image, settings)).rejects.toMatchObject({
        code,
        hint: expect.stringContaining(hint),
      });
    },
    120_000,
  );

  it("says so when the registry lets no tag be written twice", async () => {
    await using registry = await startRegistry({ referrers: false });
    const image = registry.push("app", "layer");
    await signImage(image, { ...settings, signer: await theirs.signer() });
    registry.mood = { immutableTags: true };
    await expect(signImage(image, settings)).rejects.toMatchObject({
      code: "refused",
      hint: expect.stringContaining("sha256-"),
    });
    // Nothing has to be written for who signed before.
    const theirSettings = { ...settings, signer: await theirs.signer() };
    expect(await signImage(image, theirSettings)).toMatchObject({ alreadySigned: true });
  });

  it("is not signed when the registry does not have it", async () => {
    await using registry = await startRegistry();
    const { digest } = registry.push("app", "layer");
    const image = { name: `${registry.host}/other`, digest };
    await expect(signImage(image, settings)).rejects.toMatchObject({
      code: "invalid-input",
      hint: expect.stringContaining("push the image first"),
    });
  });
});

function scanOf({ name, digest }: ImageReference) {
  return statementOf({
    predicateType: "urn:test:scan:v1",
    subject: { name, digest },
    predicate: { outcome: "passed" },
  });
}
