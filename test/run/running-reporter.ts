import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Says which tests were under way when the run is ended from outside: one of them is what hung. */
export default class RunningReporter implements Reporter {
  readonly #modules = new Set<string>();
  readonly #tests = new Set<string>();

  onInit(): void {
    process.once("SIGTERM", () => {
      const all = [...this.#tests, ...this.#modules];
      // vitest itself goes with all that it started, so nothing would wait for a stream to be written.
      process.stdout.write(`\nended while these were under way:\n  ${all.join("\n  ")}\n`, () =>
        process.exit(143),
      );
    });
  }

  onTestModuleStart({ relativeModuleId }: TestModule): void {
    this.#modules.add(relativeModuleId);
  }

  onTestModuleEnd({ relativeModuleId }: TestModule): void {
    this.#modules.delete(relativeModuleId);
  }

  onTestCaseReady(test: TestCase): void {
    this.#tests.add(nameOf(test));
  }

  onTestCaseResult(test: TestCase): void {
    this.#tests.delete(nameOf(test));
  }
}

function nameOf({ module, fullName }: TestCase): string {
  return `${module.relativeModuleId} > ${fullName}`;
}
