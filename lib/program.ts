import { join } from "node:path";

/**
 * A process of our own that outlives or serves an action, such as the supervisor of a local target. Its source is
 * `lib/…/main.ts`, which exports `main(args)` and runs it when it is started itself:
 * `if (import.meta.main) await main(process.argv.slice(2));`
 */
export type ProgramSource = `lib/${string}/main.ts`;

/**
 * The command line of the program: its source in a checkout; in the bundle, where there are no sources, the
 * starter beside it, which takes the same name.
 */
export function programCommand(
  source: ProgramSource,
  args: readonly string[] = [],
): [program: string, ...args: string[]] {
  const root = join(import.meta.dirname, "..");
  const started = isBundled()
    ? [join(root, "actions", "program.js"), source]
    : [join(root, source)];
  return [process.execPath, ...started, ...args];
}

/** Both lib/ and dist/ are one folder below the repository; only one of them holds TypeScript. */
function isBundled(): boolean {
  return !import.meta.filename.endsWith(".ts");
}
