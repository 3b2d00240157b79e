import type { Command } from "commander";

interface Options {
  readonly dir: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("lint")
    .description("tell what GitHub would refuse in workflow files, with file, line and column")
    .argument("[workflow]", "a file in .github/workflows; without it, all of them")
    .option("--dir <path>", "the repository", ".")
    .option("--json", "as JSON")
    .action(async (workflow: string | undefined, options: Options) => {
      const { lint } = await import("../rehearsal/lint.ts");
      const { faultText, sortedFaults } = await import("../rehearsal/language/fault.ts");
      const { files, faults } = await lint(options.dir, workflow);
      const sorted = sortedFaults(faults);
      if (options.json) console.log(JSON.stringify({ files, faults: sorted }, null, 2));
      else for (const fault of sorted) console.log(faultText(fault));
      if (!options.json) console.error(`${files.length} workflows, ${sorted.length} faults`);
      process.exitCode = sorted.length > 0 ? 1 : 0;
    });
}
