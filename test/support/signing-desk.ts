import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { KeyPolicy } from "../../lib/signing/policy.ts";
import { publicKeyOf } from "../../lib/signing/public-key.ts";
import { openSigner, type Signer } from "../../lib/signing/signer.ts";
import { TOOLS } from "../../lib/tools/catalogue.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop, type Shop } from "../../lib/tools/shop.ts";
import { makeSigningKey } from "../../rehearsal/scenario/signing-key.ts";

/** A key pair that cosign made a moment ago. */
export interface TestKey {
  /** The private key, encrypted by `password`. */
  privateKey: string;
  password: string;
  publicPem: string;
  publicFile: string;
  policy: KeyPolicy;
  /** A shop in whose environment the key is called SIGNING_KEY. */
  shop: Shop;
  signer(): Promise<Signer>;
}

/** The real cosign and keys of this run; everything is in one folder that goes at the end. */
export interface SigningDesk {
  cosign: string;
  folder: string;
  /** What was said by the code under test. */
  said: string[];
  key(name: string): Promise<TestKey>;
  /** A shop with cosign on its PATH and these variables, and no others. */
  shopWith(env: NodeJS.ProcessEnv, say?: Shop["say"]): Shop;
}

/** A desk, or why this machine has none: then the tests that need one are skipped. */
export async function signingDesk(): Promise<SigningDesk | string> {
  const said: string[] = [];
  const found = await ensure("cosign", TOOLS.cosign.version, openShop()).catch(String);
  if (typeof found === "string") return found;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice signing ")));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return {
    cosign: found.path,
    folder,
    said,
    key: (name) => makeKey(name, folder, found.path, said),
    shopWith: (env, say = () => {}) => {
      const PATH = `${dirname(found.path)}:${process.env.PATH}`;
      return openShop({ say, env: { PATH, HOME: folder, ...env } });
    },
  };
}

async function makeKey(
  name: string,
  folder: string,
  cosign: string,
  said: string[],
): Promise<TestKey> {
  const home = join(folder, name);
  mkdirSync(home);
  const env = { PATH: `${dirname(cosign)}:${process.env.PATH}`, HOME: folder };
  const made = await makeSigningKey(home, openShop({ env }));
  const { privateKey, password, publicKey: publicPem } = made;
  const publicFile = join(home, "owner.pub");
  writeFileSync(publicFile, publicPem);
  const shop = openShop({
    say: (message) => said.push(message),
    env: { ...env, SIGNING_KEY: privateKey, COSIGN_PASSWORD: password },
  });
  let signer: Promise<Signer> | undefined;
  return {
    privateKey,
    password,
    publicPem,
    publicFile,
    policy: { by: "key", key: publicKeyOf(publicPem, publicFile), transparencyLog: false },
    shop,
    signer() {
      signer ??= openSigner({ key: "env://SIGNING_KEY", transparencyLog: false }, shop);
      return signer;
    },
  };
}
