import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../../../", import.meta.url)),
    include: ["test/real/{hosts,guest}/**/*.real.ts"],
    pool: "forks",
    // One lab, or guest, at a time: a lab's addresses are always the same.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
