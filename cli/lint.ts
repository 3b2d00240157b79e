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
      const linted = await lint(options.dir, workflow);
      const { files } = linted;
      const [faults, absent] = [sortedFaults(linted.faults), sortedFaults(linted.absent)];
      process.exitCode = faults.length > 0 ? 1 : 0;
      if (options.json) {
        console.log(JSON.stringify({ files, faults, absent }, null, 2));
        return;
      }
      for (const fault of faults) console.log(faultText(fault));
      const unseen = "of other repositories, taken to be right";
      const uses = absent.length > 0 ? `; ${counted(absent.length, "use")} ${unseen}` : "";
      console.error(
        `${counted(files.length, "workflow")}, ${counted(faults.length, "fault")}${uses}`,
      );
    });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
