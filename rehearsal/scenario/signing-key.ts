import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SluiceError } from "../../lib/error.ts";
import { openCosign } from "../../lib/signing/cosign.ts";
import type { Shop } from "../../lib/tools/shop.ts";

/** A key pair of the rehearsal's own: made now, gone with its folder. */
export interface SigningKey {
  /** PEM, encrypted with the password. */
  privateKey: string;
  password: string;
  /** PEM; goes into the repository and beside the record. */
  publicKey: string;
}

/** Lets the real cosign make a key pair in `folder`. */
export async function makeSigningKey(folder: string, shop: Shop): Promise<SigningKey> {
  const cosign = await openCosign(shop);
  const password = randomBytes(24).toString("base64url");
  const prefix = join(folder, "signing");
  const ended = await cosign(["generate-key-pair", "--output-key-prefix", prefix], {
    COSIGN_PASSWORD: password,
  });
  if (ended.code !== 0) {
    throw new SluiceError("internal", "cosign made no key pair", {
      cause: new Error(ended.stderr.trim()),
    });
  }
  const [privateKey, publicKey] = await Promise.all([
    readFile(`${prefix}.key`, "utf8"),
    readFile(`${prefix}.pub`, "utf8"),
  ]);
  return { privateKey, password, publicKey };
}
