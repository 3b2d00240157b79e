import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../../../", import.meta.url)),
    include: ["test/real/{hosts,guest}/**/*.real.ts"],
    pool: "forks",
    // One lab, or guest, at a time: a lab's addresses are always the same.
    fileParallelism: false,
    // A machine that does not boot says why after two minutes; these only stop what hangs.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
