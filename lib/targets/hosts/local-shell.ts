import { runProcess } from "./process.ts";
import type { Answer, RunOptions, Shell } from "./shell.ts";

/** The runner is on the machine itself. */
export class LocalShell implements Shell {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  run(argv: readonly [string, ...string[]], options: RunOptions = {}): Promise<Answer> {
    return runProcess(this.name, argv, options);
  }
}
