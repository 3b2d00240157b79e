import type { Command } from "commander";

interface EnvironmentOption {
  environment?: string;
}

export function register(program: Command): void {
  const site = program
    .command("site")
    .description("the local target: two slots behind a weighted proxy on this machine");

  environmentOption(site.command("up"))
    .description("start the site of an environment and stay with it; Ctrl-C drains and stops it")
    .option("--detach", "leave it running and return as soon as it serves")
    .action(async (options: EnvironmentOption & { detach?: boolean }) => {
      const { up } = await import("./site/up.ts");
      await up(options.environment, options.detach ?? false);
    });

  environmentOption(site.command("status"))
    .description("show its slots, releases, weights, lease and rollout")
    .option("--json", "as JSON")
    .action(async (options: EnvironmentOption & { json?: boolean }) => {
      const { status } = await import("./site/status.ts");
      await status(options.environment, options.json ?? false);
    });

  environmentOption(site.command("down"))
    .description("drain and stop it, and whatever a supervisor that was killed left running")
    .action(async (options: EnvironmentOption) => {
      const { down } = await import("./site/down.ts");
      await down(options.environment);
    });
}

function environmentOption(command: Command): Command {
  return command.option(
    "--environment <file>",
    "file of the environment (default: the only one in environments/)",
  );
}
