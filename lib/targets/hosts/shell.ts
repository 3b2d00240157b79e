/** How a machine is commanded: this one, or another one over ssh. Nothing of ours runs there between two calls. */
export interface Shell {
  /** For messages: the machine as people call it. */
  readonly name: string;
  /**
   * Runs a program to its end. Throws `target-unreachable` when the machine cannot be reached or does not answer
   * within `timeoutMs`; a program that fails is an answer.
   */
  run(argv: readonly [string, ...string[]], options?: RunOptions): Promise<Answer>;
}

export interface RunOptions {
  /** What the program reads: text, or the bytes of a file. */
  input?: string | { file: string };
  /** Where what it writes goes, instead of into the answer. */
  output?: { file: string };
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/** A call that takes longer than this hangs; those that carry or unpack an archive say so themselves. */
export const ANSWER_MS = 10_000;
