import type { Command } from "commander";

export interface InitArguments {
  readonly dir: string;
  readonly name?: string;
  readonly start?: string;
  readonly path?: string;
  readonly command?: string;
  readonly environment: string;
  readonly listen: string;
  readonly health?: string;
  readonly request: string;
  readonly repository?: string;
  readonly runsOn: string;
  readonly library?: string;
  readonly kit?: boolean;
  readonly dryRun?: boolean;
  readonly rehearse: boolean;
}

export function register(program: Command): void {
  program
    .command("init")
    .description(
      "write workflows and environment files into your repository, and rehearse them at once",
    )
    .option("--dir <path>", "the repository", ".")
    .option("--name <name>", "name of the service; default: that of package.json")
    .option("--start <command>", "how the service is started; default: package.json's start script")
    .option("--path <folder>", "what is packed into the archive; default: the whole repository")
    .option("--command <command>", "what builds it before it is packed")
    .option("--environment <name>", "where releases go", "production")
    .option("--listen <host:port>", "where the site answers", "127.0.0.1:8080")
    .option("--health <path>", "answers 2xx when the service can take traffic; default: /health")
    .option(
      "--request <path>",
      "what users ask for; the smoke check and the load test ask it too",
      "/",
    )
    .option("--repository <owner/name>", "your repository on GitHub; default: that of git's origin")
    .option("--runs-on <label>", "label of the runner on the host that serves", "self-hosted")
    .option("--library <owner/sluice@ref>", "where GitHub finds Sluice; best a full commit SHA")
    .option("--kit", "only make the key and the database that a rehearsal needs, in .sluice/kit")
    .option("--dry-run", "show what would be written, and write nothing")
    .option(
      "--no-rehearse",
      "only write the files; else two releases and a rollback are rehearsed in a copy",
    )
    .action(async (options: InitArguments) => {
      const { init } = await import("./init/init.ts");
      process.exitCode = await init(options);
    });
}
