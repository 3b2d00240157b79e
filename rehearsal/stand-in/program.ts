import { execFile } from "node:child_process";

const ANSWER_LIMIT_MS = 60_000;

/** The lines that a program of this machine answers with; none when it can't be run. */
export function answerOf(
  program: string,
  args: readonly string[],
  path: string,
): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: path };
    execFile(program, [...args], { env, timeout: ANSWER_LIMIT_MS }, (error, out) =>
      resolve(error ? [] : out.trim().split("\n")),
    );
  });
}
