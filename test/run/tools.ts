import { SluiceError } from "../../lib/error.ts";
import { TOOLS } from "../../lib/tools/catalogue.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";

/**
 * Obtains every pinned tool before the tests begin, one after the other since a build takes all CPUs: a test that
 * had to wait for a compiler could not tell that from hanging. What is not to be had here is said; the tests that
 * need it are then skipped by name.
 */
export async function obtainTools(signal: AbortSignal): Promise<void> {
  console.log("tools");
  const shop = openShop({ say: (message) => console.log(`  ${message}`), signal });
  for (const { name, version } of Object.values(TOOLS)) {
    await ensure(name, version, shop).catch((error: unknown) => {
      if (!(error instanceof SluiceError)) throw error;
      console.log(`  ✗ ${error.message}; ${error.hint ?? "the tests that need it say what to do"}`);
    });
  }
  console.log("");
}
