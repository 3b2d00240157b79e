import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Real processes and sockets: one module cache per file, and a process that can be ended.
    pool: "forks",
    maxWorkers: 2,
    // What is waited for has its own deadline; these only stop a test that hangs on a slow machine.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Its default of a second is less than what a process may have to wait for a CPU.
    expect: { poll: { timeout: 60_000, interval: 20 } },
  },
});
