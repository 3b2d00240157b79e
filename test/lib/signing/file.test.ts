import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { digestOfFile } from "../../../lib/evidence/digest.ts";
import { bundleBeside } from "../../../lib/signing/bundle.ts";
import { signFile } from "../../../lib/signing/sign.ts";
import { openSigner } from "../../../lib/signing/signer.ts";
import { verifyFile } from "../../../lib/signing/verify.ts";
import { freshFolder } from "../../support/fresh-folder.ts";
import { type SigningDesk, signingDesk, type TestKey } from "../../support/signing-desk.ts";

const found = await signingDesk();
const reason = typeof found === "string" ? found : "";

describe.skipIf(reason !== "")(`a file signed with a key ${reason}`, () => {
  const desk = found as SigningDesk;
  let ours: TestKey;
  let theirs: TestKey;

  beforeAll(async () => {
    ours = await desk.key("ours");
    theirs = await desk.key("theirs");
  });

  /** An archive in a folder of its own, signed by `by`. */
  async function signed(by: TestKey = ours) {
    const file = join(freshFolder(), "shop 1.0.0.tar.gz");
    writeFileSync(file, randomBytes(10_000));
    const bundle = bundleBeside(file);
    const result = await signFile(file, { signer: await by.signer(), bundle, shop: by.shop });
    return { file, bundle, result };
  }

  const check = (file: string, bundle: string, by: TestKey = ours) =>
    verifyFile(file, bundle, by.policy, { shop: by.shop });

  it("is good, and says by which key", async () => {
    const { file, bundle, result } = await signed();
    expect(result).toMatchObject({ alreadySigned: false, bundle });
    const verified = await check(file, bundle);
    expect(verified).toMatchObject({ mode: "key", by: ours.policy.key.fingerprint, logged: false });
    expect(verified.digest).toBe(result.digest);
    expect(readdirSync(join(file, ".."))).toHaveLength(2);
  });

  it("is not signed at all when the bytes are no more those that were to be", async () => {
    const file = join(freshFolder(), "shop.tar.gz");
    writeFileSync(file, "the scanned bytes");
    const digest = await digestOfFile(file);
    writeFileSync(file, "what somebody put in their place");
    const bundle = bundleBeside(file);
    const settings = { signer: await ours.signer(), bundle, shop: ours.shop, digest };
    await expect(signFile(file, settings)).rejects.toMatchObject({ code: "digest-mismatch" });
    expect(readdirSync(join(file, ".."))).toEqual(["shop.tar.gz"]);
    // Nor is a good signature of those other bytes taken for one of the promised ones.
    await signFile(file, { ...settings, digest: await digestOfFile(file) });
    await expect(signFile(file, settings)).rejects.toMatchObject({ code: "digest-mismatch" });
  });

  it("is refused when one byte is altered, with both digests", async () => {
    const { file, bundle, result } = await signed();
    const bytes = readFileSync(file);
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(check(file, bundle)).rejects.toMatchObject({
      code: "signature-invalid",
      message: expect.stringContaining(result.digest),
    });
  });

  it("is refused when the altered bytes' digest is written into the bundle too", async () => {
    const { file, bundle } = await signed();
    const other = await signed();
    const forged = JSON.parse(readFileSync(bundle, "utf8"));
    const { messageSignature } = JSON.parse(readFileSync(other.bundle, "utf8"));
    forged.messageSignature.messageDigest = messageSignature.messageDigest;
    writeFileSync(bundle, JSON.stringify(forged));
    copyFileSync(other.file, file);
    await expect(check(file, bundle)).rejects.toMatchObject({ code: "signature-invalid" });
  });

  it("is refused when another key signed it, and both keys are named", async () => {
    const { file, bundle } = await signed(theirs);
    const refused = await check(file, bundle).catch((error: Error) => error.message);
    expect(refused).toContain(ours.policy.key.fingerprint);
    expect(refused).toContain(theirs.policy.key.fingerprint);
  });

  it("is refused with the bundle of another file", async () => {
    const { file } = await signed();
    const other = await signed();
    await expect(check(file, other.bundle)).rejects.toMatchObject({ code: "signature-invalid" });
  });

  it("is unsigned without a bundle", async () => {
    const { file } = await signed();
    await expect(check(file, `${file}.none`)).rejects.toMatchObject({
      code: "unsigned",
      hint: expect.stringContaining("cosign-sign"),
    });
  });

  it.each([
    ["truncated", (text: string) => text.slice(0, 200)],
    ["empty", () => ""],
    ["something else", () => '{"hello":"world"}'],
  ])("is refused when the bundle is %s", async (_, spoil) => {
    const { file, bundle } = await signed();
    writeFileSync(bundle, spoil(readFileSync(bundle, "utf8")));
    await expect(check(file, bundle)).rejects.toMatchObject({ code: "signature-invalid" });
  });

  it("is refused when the transparency log is demanded and no entry is there", async () => {
    const { file, bundle } = await signed();
    const policy = { ...ours.policy, transparencyLog: true };
    await expect(verifyFile(file, bundle, policy, { shop: ours.shop })).rejects.toMatchObject({
      message: expect.stringMatching(/transparency log|trust root/),
    });
  });

  it("stays refused whatever the job's environment tells cosign", async () => {
    const { file, bundle } = await signed(theirs);
    const switches = { COSIGN_KEY: theirs.publicFile, COSIGN_CHECK_CLAIMS: "false" };
    const shop = { ...ours.shop, env: { ...ours.shop.env, ...switches } };
    await expect(verifyFile(file, bundle, ours.policy, { shop })).rejects.toMatchObject({
      code: "signature-invalid",
    });
    const logged = { ...theirs.policy, transparencyLog: true };
    const ignoring = { ...shop.env, COSIGN_INSECURE_IGNORE_TLOG: "true" };
    await expect(
      verifyFile(file, bundle, logged, { shop: { ...shop, env: ignoring } }),
    ).rejects.toThrow();
  });

  it("is not signed again by the same key, and is by another", async () => {
    const { file, bundle } = await signed();
    const before = readFileSync(bundle, "utf8");
    const again = await signFile(file, { signer: await ours.signer(), bundle, shop: ours.shop });
    expect(again.alreadySigned).toBe(true);
    expect(readFileSync(bundle, "utf8")).toBe(before);
    const other = await signFile(file, { signer: await theirs.signer(), bundle, shop: ours.shop });
    expect(other).toMatchObject({ alreadySigned: false, by: theirs.policy.key.fingerprint });
  });

  it("shows neither key nor password when the password is wrong", async () => {
    const env = { ...ours.shop.env, COSIGN_PASSWORD: "not this one" };
    const shop = { ...ours.shop, env };
    const opened = openSigner({ key: "env://SIGNING_KEY", transparencyLog: false }, shop);
    const error = await opened.catch((thrown: Error) => thrown);
    const told = JSON.stringify([error, (error as Error).message, String((error as Error).cause)]);
    expect(error).toMatchObject({ code: "invalid-input" });
    expect(told).not.toContain("not this one");
    expect(told).not.toContain(ours.privateKey.split("\n")[2]);
  });

  it.each([
    ["a path", "keys/cosign.key"],
    ["the key itself", "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----"],
    ["an empty variable", "env://NOBODY"],
  ])("takes no key from %s, and repeats nothing of it", async (_, key) => {
    const opened = openSigner({ key, transparencyLog: false }, ours.shop);
    await expect(opened).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.not.stringContaining("BEGIN"),
    });
  });

  it("leaves nothing behind when the log does not answer", async () => {
    const file = join(freshFolder(), "a.tar.gz");
    writeFileSync(file, "bytes");
    const bundle = bundleBeside(file);
    const args = ["--use-signing-config=false", "--rekor-url", "http://127.0.0.1:9"];
    const signer = await ours.signer();
    const offline = { ...signer, args: [...signer.args.slice(0, 2), ...args] };
    const signing = signFile(file, { signer: offline, bundle, shop: ours.shop, patienceMs: 1_500 });
    await expect(signing).rejects.toMatchObject({
      code: "transparency-log-unavailable",
      message: expect.stringContaining("Rekor"),
      hint: expect.stringContaining("left behind without a signature"),
    });
    expect(existsSync(bundle)).toBe(false);
    expect(desk.said.filter((line) => line.includes("trying again"))).toHaveLength(1);
  });
});
