import type { Command } from "commander";

export function register(program: Command): void {
  program
    .command("doctor")
    .description("say what this machine has and lacks for each target, and what to install")
    .option("--json", "as JSON")
    .action(async (options: { json?: boolean }) => {
      const { examine } = await import("./machine.ts");
      process.exitCode = await examine(options.json ?? false);
    });
}
