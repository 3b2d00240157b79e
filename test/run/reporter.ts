import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import type { Skipped, Tally } from "./tally.ts";

/** Where the tally goes; the default reporter says the rest on the terminal. */
export const TALLY_FILE = "SLUICE_TEST_TALLY";

/** Counts tests, and the errors that belong to none, into the file that TALLY_FILE names. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env[TALLY_FILE];
    if (file) writeFileSync(file, JSON.stringify(tally(modules, unhandled.length)));
  }
}

function tally(modules: readonly TestModule[], strayErrors: number): Tally {
  let passed = 0;
  let failed = strayErrors;
  const skipped: Skipped[] = [];
  for (const module of modules) {
    // An import or a hook that fails leaves its tests unrun: that is a failure, not a skip.
    const broken = brokenSuites(module);
    failed += broken;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") passed += 1;
      else if (result.state === "failed") failed += 1;
      else if (result.state === "skipped" && broken === 0) {
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        skipped.push({ name, reason: result.note ?? "NO REASON GIVEN: use ctx.skip(reason)" });
      } else if (broken === 0) failed += 1;
    }
  }
  return { passed, failed, skipped };
}

function brokenSuites(module: TestModule): number {
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
  return suites.length + (module.errors().length > 0 ? 1 : 0);
}
