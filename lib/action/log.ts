import { type AnnotationPlace, workflowCommand } from "./command.ts";

/** What an action says while it works; the runner turns some of it into annotations and folds. */
export interface Log {
  info(message: string): void;
  /** Shown only when the job runs with debug logging. */
  debug(message: string): void;
  notice(message: string, place?: AnnotationPlace): void;
  warning(message: string, place?: AnnotationPlace): void;
  error(message: string, place?: AnnotationPlace): void;
  /** Folds what `work` says under `title`. */
  group<T>(title: string, work: () => Promise<T> | T): Promise<T>;
  /** From now on the runner shows *** in place of `secret`. */
  mask(secret: string): void;
  readonly debugging: boolean;
}

export type Write = (text: string) => void;

/** A log whose lines go to `write`, in the runner's language. */
export function createLog(write: Write, env: NodeJS.ProcessEnv = process.env): Log {
  const line = (text: string) => write(`${text}\n`);
  const annotate = (name: string) => (message: string, place?: AnnotationPlace) =>
    line(workflowCommand(name, message, { ...place }));
  return {
    info: (message) => line(defuse(message)),
    debug: (message) => line(workflowCommand("debug", message)),
    notice: annotate("notice"),
    warning: annotate("warning"),
    error: annotate("error"),
    mask: (secret) => line(workflowCommand("add-mask", secret)),
    async group(title, work) {
      line(workflowCommand("group", title));
      try {
        return await work();
      } finally {
        line(workflowCommand("endgroup", ""));
      }
    },
    debugging: env.RUNNER_DEBUG === "1",
  };
}

/** A line that came from elsewhere and looks like a command (`::set-env …`) must not become one. */
function defuse(message: string): string {
  return message.replace(/^(\s*)(::|##\[)/gm, "$1\u200b$2");
}
