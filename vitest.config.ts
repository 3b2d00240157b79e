import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Real processes and sockets: one module cache per file, and a process that can be ended.
    pool: "forks",
    maxWorkers: 2,
    // What is waited for has its own deadline; these only stop a test that hangs on a slow machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
