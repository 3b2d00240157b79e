import { SluiceError } from "../error.ts";
import { lastWords, run } from "../tools/process.ts";
import { inspectArguments } from "./k6-arguments.ts";
import { describeExit } from "./k6-exit.ts";
import { type Inspection, inspection } from "./scenario.ts";

export interface K6Script {
  /** k6 itself. */
  program: string;
  /** Absolute path of the script. */
  script: string;
  flags: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** What the script's options are, with these variables; nothing is sent. Throws when k6 cannot load it. */
export async function inspectScript(
  { program, script, flags, cwd, env }: K6Script,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Inspection> {
  const ended = await run(program, inspectArguments(script, flags, variables), {
    cwd,
    env,
    signal,
  });
  const { code, stdout } = ended;
  if (code !== 0) {
    const how = code === undefined ? "k6 was killed" : describeExit({ code });
    throw new SluiceError(
      "invalid-input",
      `${script} cannot be loaded by k6, ${how}: ${lastWords(ended, 4)}`,
      {
        hint: "see that the script and all that it imports are there, and that it runs by `k6 inspect`",
      },
    );
  }
  return inspection.parse(JSON.parse(stdout));
}
