import { createHash, createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { SluiceError } from "../error.ts";
import type { Digest } from "../units/digest.ts";
import { variableOf } from "./variable.ts";

/** A public key and the name that it goes by. */
export interface PublicKey {
  pem: string;
  /** sha256 of the key itself (its DER form), whatever the file around it looks like. */
  fingerprint: Digest;
}

/** The public key at `reference`: a path, or `env://NAME`. A private key is refused, and never shown. */
export async function readPublicKey(reference: string, env: NodeJS.ProcessEnv): Promise<PublicKey> {
  return publicKeyOf(await textOf(reference, env), reference);
}

/** The public key in `pem`; `reference` is what messages call it. */
export function publicKeyOf(pem: string, reference: string): PublicKey {
  if (/PRIVATE KEY/.test(pem)) {
    throw new SluiceError("invalid-input", `${reference} holds a private key`, {
      hint: "signatures are checked with the public key: `cosign public-key --key env://NAME` prints it. Treat a private key that stood in a file as known to others",
    });
  }
  try {
    const key = createPublicKey(pem);
    const der = key.export({ type: "spki", format: "der" });
    const fingerprint = `sha256:${createHash("sha256").update(der).digest("hex")}` as Digest;
    return { pem: key.export({ type: "spki", format: "pem" }).toString(), fingerprint };
  } catch (cause) {
    throw new SluiceError("invalid-input", `${reference} holds no public key`, {
      hint: "give a PEM file that begins with -----BEGIN PUBLIC KEY-----",
      cause,
    });
  }
}

async function textOf(reference: string, env: NodeJS.ProcessEnv): Promise<string> {
  const variable = variableOf(reference);
  if (variable !== undefined) {
    const text = env[variable];
    if (text) return text;
    throw new SluiceError("invalid-input", `the variable ${variable} of ${reference} is empty`, {
      hint: `set it in the step's env: ${variable}: \${{ vars.${variable} }}`,
    });
  }
  return readFile(reference, "utf8").catch((cause: unknown) => {
    throw new SluiceError("invalid-input", `cannot read the public key ${reference}`, {
      hint: "commit the public key, or name a variable that holds it: env://NAME",
      cause,
    });
  });
}
