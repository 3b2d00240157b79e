import type { Command } from "commander";
import type { VerdictSettings } from "../lib/verdict/settings.ts";

/** `sluice replay`: the verdict over recorded traces. */
export function register(program: Command): void {
  program
    .command("replay")
    .description("judge recorded traces again: one JSON line per window, and a last one per file")
    .argument("<trace...>", "trace.jsonl as canary-promote writes it")
    .option("--environment <file>", "take the verdict's settings from this environment file")
    .option("--json", "nothing but JSON lines: without it, the reasons follow on standard error")
    .action(async (traces: string[], options: { environment?: string; json?: boolean }) => {
      const settings = await settingsOf(options.environment);
      // Whoever reads has had enough (`| head`).
      process.stdout.once("error", () => process.exit(0));
      const { replayFiles } = await import("./replay/files.ts");
      await replayFiles(traces, settings, {
        write: (text) => written(process.stdout, text),
        explain: (text) => {
          if (!options.json) process.stderr.write(text);
        },
      });
    });
}

async function settingsOf(environment: string | undefined): Promise<VerdictSettings> {
  if (environment === undefined) {
    const { DEFAULT_SETTINGS } = await import("../lib/verdict/verdict.ts");
    return DEFAULT_SETTINGS;
  }
  const { readEnvironment } = await import("../lib/environment/read.ts");
  return (await readEnvironment(environment)).verdict;
}

/** Waits for a slow reader instead of piling up. */
function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((done) => stream.write(text, () => done()));
}
