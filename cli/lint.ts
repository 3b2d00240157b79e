import type { Command } from "commander";
import type { RepositoryMapping } from "../rehearsal/workflow/source-tree.ts";
import { readMapping } from "./repository-mapping.ts";

interface Options {
  readonly dir: string;
  readonly repo: RepositoryMapping[];
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("lint")
    .description("tell what GitHub would refuse in workflow files, with file, line and column")
    .argument("[workflow]", "a file in .github/workflows; without it, all of them")
    .option("--dir <path>", "the repository", ".")
    .option(
      "--repo <owner/repo@ref=path>",
      "where another repository is on this machine, so that what is used of it is checked (repeatable)",
      readMapping,
      [] as RepositoryMapping[],
    )
    .option("--json", "as JSON")
    .action(async (workflow: string | undefined, options: Options) => {
      const { lint } = await import("../rehearsal/lint.ts");
      const { mappingsOf } = await import("../rehearsal/prepare.ts");
      const { faultText, sortedFaults } = await import("../rehearsal/language/fault.ts");
      const linted = await lint(options.dir, workflow, await mappingsOf({ repos: options.repo }));
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
