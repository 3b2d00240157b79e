import { formatDuration } from "../../lib/units/duration.ts";
import type { Annotation, RunEvent } from "../run-event.ts";
import { callText, holdingsLines } from "./holdings-line.ts";
import { mark, type Paint, painter } from "./paint.ts";

/** Tells a run line by line, each line with its job; for logs, pipes and CI. */
export class PlainReport {
  readonly #print: (line: string) => void;
  readonly #paint: Paint;
  /** What failed, to be said once more at the end: the log before it may be long. */
  readonly #failed = new Map<string, string>();

  constructor(print: (line: string) => void, colours: boolean) {
    this.#print = print;
    this.#paint = painter(colours);
  }

  tell(event: RunEvent): void {
    this.#note(event);
    const line = this.#lineOf(event);
    if (line !== undefined) this.#print(line);
  }

  #lineOf(event: RunEvent): string | undefined {
    const paint = this.#paint;
    switch (event.type) {
      case "run-started": {
        const names = event.workflows.map(({ file, runName }) => `${file} (${runName})`).join(", ");
        return `${paint("bold", names)} on ${event.event} of ${event.ref} at ${event.sha.slice(0, 7)}`;
      }
      case "notice":
        return paint("dim", `note: ${event.message}`);
      case "job-waiting":
        return this.#job(event.job, paint("yellow", event.reason));
      case "approval":
        return this.#job(event.job, `approval: ${event.reason}`);
      case "job-started":
        return this.#job(event.job, paint("bold", "started"));
      case "step-started":
        return this.#job(event.job, paint("bold", `▸ ${event.name}`));
      case "log":
        return this.#log(event);
      case "annotation":
        return this.#job(event.job, this.#annotation(event.annotation));
      case "step-finished":
        return this.#job(
          event.job,
          `${mark(paint, event.conclusion)} ${event.name} ${paint("dim", formatDuration(event.durationMs))}`,
        );
      case "job-finished": {
        const reason = event.reason ? `: ${event.reason}` : "";
        return this.#job(
          event.job,
          `${mark(paint, event.result)} ${event.result}${reason} ${paint("dim", formatDuration(event.durationMs))}`,
        );
      }
      case "api-call":
        return this.#call(event);
      case "github":
        return holdingsLines(event.holds)
          .map((line) => paint("cyan", `GitHub holds: ${line}`))
          .join("\n");
      case "run-finished":
        return [
          ...this.#failures(),
          `${mark(paint, event.conclusion)} ${paint("bold", event.conclusion)} in ${formatDuration(event.durationMs)}`,
        ].join("\n");
      case "job-queued":
      case "summary":
        return undefined;
    }
  }

  #note(event: RunEvent): void {
    if (event.type === "step-finished" && event.conclusion === "failure") {
      if (!this.#failed.has(event.job)) this.#failed.set(event.job, event.name);
    }
    if (event.type !== "job-finished") return;
    if (event.result !== "failure") this.#failed.delete(event.job);
    else if (!this.#failed.has(event.job)) this.#failed.set(event.job, event.reason ?? "");
  }

  /** A matrix and a call failed only since something in them did. */
  #failures(): string[] {
    const jobs = [...this.#failed.keys()];
    const inner = ([job]: readonly [string, string]): boolean =>
      !jobs.some((other) => other.startsWith(`${job}/`) || other.startsWith(`${job} (`));
    return [...this.#failed].filter(inner).map(([job, why]) => {
      const text = why === "" ? "failed" : (why.split("\n")[0] ?? "");
      return this.#job(job, `${mark(this.#paint, "failure")} ${text}`);
    });
  }

  /** A message of several lines says its job on each, so that jobs which run side by side stay apart. */
  #job(job: string, text: string): string {
    const from = this.#paint("cyan", `[${job}]`);
    return text
      .split("\n")
      .map((line) => `${from} ${line}`)
      .join("\n");
  }

  #log(event: Extract<RunEvent, { type: "log" }>): string | undefined {
    if (event.kind === "end-group") return undefined;
    const style = event.kind === "output" ? undefined : ("dim" as const);
    const text = event.kind === "group" ? `▾ ${event.line}` : event.line;
    return this.#job(event.job, `  | ${style ? this.#paint(style, text) : text}`);
  }

  /** What only reads is not worth a line, unless it was refused. */
  #call(event: Extract<RunEvent, { type: "api-call" }>): string | undefined {
    const refused = event.status === 0 || event.status >= 400;
    if (!refused && event.method === "GET") return undefined;
    const text = this.#paint(refused ? "yellow" : "dim", callText(event));
    return event.job === "" ? text : this.#job(event.job, `  | ${text}`);
  }

  #annotation({ level, message, file, line, title }: Annotation): string {
    const place = file === undefined ? "" : ` ${file}${line === undefined ? "" : `:${line}`}`;
    const style = level === "error" ? "red" : level === "warning" ? "yellow" : "blue";
    return this.#paint(style, `${level}${place}: ${title ? `${title}: ` : ""}${message}`);
  }
}
