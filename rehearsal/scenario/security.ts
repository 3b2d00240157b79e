import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { tinyDatabase } from "../../lib/scan/tiny-database/folder.ts";
import { bundleBeside } from "../../lib/signing/bundle.ts";
import { signFile } from "../../lib/signing/sign.ts";
import { openSigner } from "../../lib/signing/signer.ts";
import type { Shop } from "../../lib/tools/shop.ts";
import type { ToolGate } from "./gate-tool.ts";
import { makeSigningKey, type SigningKey } from "./signing-key.ts";
import { VULNERABLE } from "./story.ts";

/** What the workflow's security gates are given in the rehearsal, as a repository's settings would. */
export interface Security {
  secrets: Record<string, string>;
  vars: Record<string, string>;
  /** PEM of the key that deploy asks for; undefined when nothing is signed, by request. */
  publicKey: string | undefined;
  /** Signs a record that the rehearsal itself put together, with the key beside it as `cosign.pub`. */
  sign(file: string): Promise<void>;
}

export interface SecuritySettings {
  /** For keys and databases; whoever made it removes it. */
  folder: string;
  without: readonly ToolGate[];
  shop: Shop;
}

/** A key pair of this rehearsal, and a vulnerability database that knows one real advisory and needs no network. */
export async function openSecurity({ folder, without, shop }: SecuritySettings): Promise<Security> {
  const key = without.includes("cosign-sign") ? undefined : await makeSigningKey(folder, shop);
  const database = await tinyDatabase([ADVISORY], folder);
  const secrets: Record<string, string> =
    key === undefined ? {} : { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password };
  return {
    secrets,
    vars: {
      SLUICE_WITHOUT: without.join(","),
      SLUICE_TRIVY_CACHE: database,
      // The rehearsal asks nobody's transparency log to remember its keys.
      SLUICE_TRANSPARENCY_LOG: "false",
    },
    publicKey: key?.publicKey,
    sign: (file) => signBeside(file, key, shop),
  };
}

const ADVISORY = {
  package: VULNERABLE.name,
  id: VULNERABLE.cve,
  severity: "CRITICAL",
  vulnerableVersions: VULNERABLE.vulnerableVersions,
  patchedVersions: VULNERABLE.patchedVersions,
  title: VULNERABLE.title,
} as const;

async function signBeside(file: string, key: SigningKey | undefined, shop: Shop): Promise<void> {
  const bundle = bundleBeside(file);
  const publicKey = join(dirname(file), "cosign.pub");
  // Those of the last rehearsal would be no signature of this record.
  await Promise.all([bundle, publicKey].map((old) => rm(old, { force: true })));
  if (key === undefined) return;
  const env = { ...shop.env, SIGNING_KEY: key.privateKey, COSIGN_PASSWORD: key.password };
  const signing = { ...shop, say: () => {}, env };
  const signer = await openSigner({ key: "env://SIGNING_KEY", transparencyLog: false }, signing);
  await signFile(file, { signer, bundle, shop: signing });
  await writeFile(publicKey, key.publicKey);
}
