import { formatDuration } from "../../lib/units/duration.ts";
import type { Annotation, JobPath, JobResult, RunEvent } from "../run-event.ts";
import { callText, holdingsLines } from "./holdings-line.ts";
import { mark, type Paint, painter } from "./paint.ts";

const FRAME_MS = 100;
const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const MAX_KEPT_LINES = 400;
/** Of a failed step's log, the last so many lines are shown. */
const MAX_SHOWN_LINES = 40;

interface StepView {
  readonly name: string;
  readonly startedAt: number;
  readonly log: string[];
  conclusion: JobResult | undefined;
  durationMs: number;
}

interface JobView {
  readonly name: string;
  readonly depth: number;
  readonly steps: Map<number, StepView>;
  readonly annotations: Annotation[];
  startedAt: number | undefined;
  result: JobResult | undefined;
  durationMs: number;
  note: string;
}

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly write: (text: string) => void;
}

/** A run as a tree that is redrawn in place; what has ended with a failure stays open. */
export class LiveTree {
  readonly #screen: () => Screen;
  readonly #paint: Paint;
  readonly #jobs = new Map<JobPath, JobView>();
  #timer: NodeJS.Timeout | undefined;
  #drawn = 0;
  #frame = 0;
  #paused = false;

  constructor(screen: () => Screen, colours: boolean) {
    this.#screen = screen;
    this.#paint = painter(colours);
  }

  tell(event: RunEvent): void {
    const now = Date.parse(event.at);
    switch (event.type) {
      case "run-started":
        this.#above(
          `${event.workflows.map(({ file, runName }) => `${this.#paint("bold", file)} ${runName}`).join(", ")} · ${event.event} ${event.ref} ${event.sha.slice(0, 7)}`,
        );
        this.#timer = setInterval(() => this.#draw(), FRAME_MS).unref();
        break;
      case "notice":
        this.#above(this.#paint("dim", event.message));
        break;
      case "job-queued":
        this.#job(event.job, event.name);
        break;
      case "job-waiting":
        this.#job(event.job).note = event.reason;
        break;
      case "approval":
        this.#job(event.job).note = event.reason;
        // The question stands below the tree, and is left standing when it was answered.
        if (event.state === "requested") this.#erase();
        this.#drawn = 0;
        this.#paused = event.state === "requested";
        break;
      case "job-started": {
        const job = this.#job(event.job, event.name);
        job.startedAt = now;
        break;
      }
      case "step-started":
        this.#job(event.job).steps.set(event.step, {
          name: event.name,
          startedAt: now,
          log: [],
          conclusion: undefined,
          durationMs: 0,
        });
        break;
      case "log":
        this.#log(event);
        break;
      case "annotation":
        this.#job(event.job).annotations.push(event.annotation);
        break;
      case "step-finished": {
        const step = this.#job(event.job).steps.get(event.step);
        if (!step) break;
        step.conclusion = event.conclusion;
        step.durationMs = event.durationMs;
        if (event.conclusion !== "failure") step.log.length = 0;
        break;
      }
      case "job-finished": {
        const job = this.#job(event.job, event.name);
        job.result = event.result;
        job.durationMs = event.durationMs;
        job.note = event.reason ?? event.url ?? "";
        break;
      }
      case "api-call":
        if (event.status === 0 || event.status >= 400)
          this.#above(this.#paint("yellow", `${event.job}: ${callText(event)}`));
        break;
      case "github":
        for (const line of holdingsLines(event.holds))
          this.#above(this.#paint("cyan", `GitHub holds: ${line}`));
        break;
      case "run-finished":
        this.#finish(event);
        break;
      case "summary":
        break;
    }
  }

  #job(path: JobPath, name?: string): JobView {
    const known = this.#jobs.get(path);
    if (known) return known;
    const depth = path.split("/").length - 1;
    const job: JobView = {
      name: name ?? path.split("/").at(-1) ?? path,
      depth,
      steps: new Map(),
      annotations: [],
      startedAt: undefined,
      result: undefined,
      durationMs: 0,
      note: "",
    };
    this.#jobs.set(path, job);
    return job;
  }

  #log(event: Extract<RunEvent, { type: "log" }>): void {
    const step = this.#job(event.job).steps.get(event.step);
    if (!step || event.kind === "end-group") return;
    step.log.push(event.kind === "group" ? `▾ ${event.line}` : event.line);
    if (step.log.length > MAX_KEPT_LINES) step.log.splice(0, step.log.length - MAX_KEPT_LINES);
  }

  /** Prints a line that stays, above the tree. */
  #above(line: string): void {
    this.#erase();
    this.#screen().write(`${line}\n`);
  }

  #erase(): void {
    if (this.#drawn === 0) return;
    this.#screen().write(`${ESCAPE}[${this.#drawn}A${ESCAPE}[0J`);
    this.#drawn = 0;
  }

  #draw(): void {
    if (this.#paused) return; // a question stands on the terminal
    this.#frame++;
    const screen = this.#screen();
    const lines = this.#lines(false).map((line) => clip(line, screen.columns));
    const visible = lines.slice(-Math.max(screen.rows - 2, 5));
    this.#erase();
    screen.write(visible.map((line) => `${line}\n`).join(""));
    this.#drawn = visible.length;
  }

  #finish(event: Extract<RunEvent, { type: "run-finished" }>): void {
    clearInterval(this.#timer);
    this.#erase();
    const lines = this.#lines(true);
    lines.push(
      "",
      `${mark(this.#paint, event.conclusion)} ${this.#paint("bold", event.conclusion)} in ${formatDuration(event.durationMs)}`,
    );
    this.#screen().write(lines.map((line) => `${line}\n`).join(""));
  }

  #lines(ended: boolean): string[] {
    return this.#ordered().flatMap((job) => {
      const indent = "  ".repeat(job.depth + 1);
      const lines = [
        `${indent}${this.#sign(job.result, job.startedAt)} ${job.name}${this.#tail(job)}`,
      ];
      for (const step of job.steps.values()) {
        const shown = step.conclusion === "failure" || (!ended && step.conclusion === undefined);
        if (shown) lines.push(...this.#stepLines(step, `${indent}    `, ended));
      }
      if (ended) {
        lines.push(
          ...job.annotations.map((annotation) => `${indent}    ${this.#annotation(annotation)}`),
        );
      }
      return lines;
    });
  }

  /** A called workflow's jobs and a matrix's legs stand under their caller. */
  #ordered(): JobView[] {
    const paths = [...this.#jobs.keys()];
    const key = (path: string): string =>
      path
        .split("/")
        .map((_, at, parts) => {
          const head = parts.slice(0, at + 1).join("/");
          const plain = head.replace(/ \([^/]*\)$/, "");
          const first = paths.findIndex((known) => known === plain || known === head);
          return `${String(first).padStart(5, "0")}:${String(paths.indexOf(head)).padStart(5, "0")}`;
        })
        .join("/");
    const keyed = paths.map((path) => ({ path, key: key(path) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return keyed.flatMap(({ path }) => this.#jobs.get(path) ?? []);
  }

  #sign(result: JobResult | undefined, startedAt: number | undefined): string {
    if (result) return mark(this.#paint, result);
    if (startedAt === undefined) return this.#paint("dim", "·");
    return this.#paint("cyan", SPINNER[this.#frame % SPINNER.length] ?? "·");
  }

  #tail(job: JobView): string {
    const running = job.startedAt === undefined ? 0 : Date.now() - job.startedAt;
    const time = job.result ? job.durationMs : running;
    const parts = [time > 0 ? formatDuration(time) : "", job.note].filter((part) => part !== "");
    return parts.length > 0 ? this.#paint("dim", `  ${parts.join("  ")}`) : "";
  }

  #stepLines(step: StepView, indent: string, ended: boolean): string[] {
    const time = step.conclusion ? step.durationMs : Date.now() - step.startedAt;
    const head = `${indent}${this.#sign(step.conclusion, step.startedAt)} ${step.name} ${this.#paint("dim", formatDuration(time))}`;
    const count = ended ? MAX_SHOWN_LINES : 1;
    const omitted = step.log.length - count;
    const log = step.log
      .slice(-count)
      .map((line) => `${indent}  ${this.#paint("dim", "│")} ${line}`);
    if (ended && omitted > 0)
      log.unshift(`${indent}  ${this.#paint("dim", `│ … ${omitted} lines before`)}`);
    return [head, ...log];
  }

  #annotation({ level, message, file, line }: Annotation): string {
    const place = file === undefined ? "" : ` ${file}${line === undefined ? "" : `:${line}`}`;
    const style = level === "error" ? "red" : level === "warning" ? "yellow" : "blue";
    return `${this.#paint(style, level)}${place}: ${message.split("\n").join(" ⏎ ")}`;
  }
}

const ESCAPE = "\u001b";

/** Cuts a line to the terminal's width, leaving colours whole. */
function clip(line: string, columns: number): string {
  let width = 0;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === ESCAPE) {
      const end = line.indexOf("m", at);
      at = end < 0 ? line.length : end;
      continue;
    }
    if (width === columns - 1) return `${line.slice(0, at)}${ESCAPE}[0m…`;
    width++;
  }
  return line;
}
