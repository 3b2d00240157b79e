import type { WriteStream } from "node:tty";
import type { RunEvent } from "../run-event.ts";
import { LiveTree } from "./live-tree.ts";
import { PlainReport } from "./plain-report.ts";

export type Teller = (event: RunEvent) => void;

/** Tells one run: as a tree on a terminal, as lines elsewhere. */
export function teller(stdout: WriteStream, env: NodeJS.ProcessEnv): Teller {
  const write = (text: string): void => {
    stdout.write(text);
  };
  if (stdout.isTTY && env.TERM !== "dumb" && !env.CI) {
    const screen = () => ({ columns: stdout.columns, rows: stdout.rows, write });
    const tree = new LiveTree(screen, !env.NO_COLOR);
    return (event) => tree.tell(event);
  }
  const report = new PlainReport((line) => write(`${line}\n`), Boolean(env.FORCE_COLOR));
  return (event) => report.tell(event);
}
