import { TOOLS } from "../tools/catalogue.ts";
import { ensure } from "../tools/ensure.ts";
import { type Ended, run } from "../tools/process.ts";
import type { Shop } from "../tools/shop.ts";

/** No call is given longer; cosign's own limit is three minutes. */
const CALL_MS = 200_000;

/**
 * Variables by which a step may speak to cosign. It would also take every flag from a variable, so that
 * `COSIGN_INSECURE_IGNORE_TLOG=true` somewhere in a job's env switches a check off; and its root of trust from others.
 */
const LET_THROUGH = new Set(["COSIGN_REPOSITORY"]);
const WITHHELD = /^(COSIGN_|SIGSTORE_|TUF_|INPUT_|REKOR_|FULCIO_)/;

/** Runs the real cosign to its end; what is given in `env` comes on top of the cleaned environment. */
export type Cosign = (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ended>;

const opened = new WeakMap<Shop, Promise<Cosign>>();

/** cosign of this shop: found or made once, and its version asked once, however much is signed. */
export function openCosign(shop: Shop): Promise<Cosign> {
  const known = opened.get(shop);
  if (known !== undefined) return known;
  const opening = open(shop);
  opened.set(shop, opening);
  // Who asks again after a failure is not answered by the old one.
  opening.catch(() => opened.delete(shop));
  return opening;
}

async function open(shop: Shop): Promise<Cosign> {
  const { path } = await ensure("cosign", TOOLS.cosign.version, shop);
  const cleaned = cleanEnv(shop.env);
  return (args, env = {}) =>
    run(path, args, {
      env: { ...cleaned, ...env },
      signal: shop.signal,
      timeoutMs: CALL_MS,
    });
}

/** The environment without anything that would change what cosign checks, or that it need not know. */
export function cleanEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => LET_THROUGH.has(name) || !WITHHELD.test(name)),
  );
}
