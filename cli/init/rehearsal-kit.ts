import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tinyDatabase } from "../../lib/scan/tiny-database/folder.ts";
import { openShop } from "../../lib/tools/shop.ts";
import { makeSigningKey } from "../../rehearsal/scenario/signing-key.ts";

/** Where the kit is, below a repository's root; git ignores it. */
export const KIT = ".sluice/kit";

/** Short: the load gate of a rehearsal answers in seconds. Machines that do other things too differ by more, so it is asked less. */
const QUICK_LOAD = {
  duration: "8s",
  "max-duration": "32s",
  block: "200ms",
  "warm-up": "1600ms",
  "pass-on": "p10",
  margin: "25",
  "process-spread": "8",
  "rule-out": "60",
} as const;

/**
 * What a rehearsal of the gates needs in place of a repository's settings: a key pair that is made now, and a
 * vulnerability database that knows nothing. Without them it would need the network, and sign in the public log.
 */
export async function makeKit(dir: string, signal: AbortSignal): Promise<void> {
  const folder = join(dir, KIT);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = await makeSigningKey(folder, openShop({ say: (line) => console.log(line), signal }));
  const secrets = { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password };
  const vars = {
    SLUICE_ENVIRONMENT_FILE: "environments/rehearsal.yaml",
    SLUICE_VERIFY_KEY: key.publicKey,
    SLUICE_TRANSPARENCY_LOG: "false",
    SLUICE_TRIVY_CACHE: await tinyDatabase([], folder),
    SLUICE_LOAD: JSON.stringify(QUICK_LOAD),
  };
  await writeFile(join(folder, "secrets.json"), JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await writeFile(join(folder, "vars.json"), JSON.stringify(vars, null, 2));
}
