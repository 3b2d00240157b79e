import { isAbsolute, relative } from "node:path";
import type { AnnotationLevel, Emit, JobPath, LogKind } from "../run-event.ts";
import type { Masks } from "./mask.ts";
import { parseWorkflowCommand, type WorkflowCommand } from "./workflow-command.ts";

/** What a step may tell the runner on its standard output, besides text. */
export interface CommandTarget {
  setOutput(name: string, value: string): void;
  saveState(name: string, value: string): void;
}

const LEVELS: readonly string[] = ["error", "warning", "notice"] satisfies AnnotationLevel[];

/** Words that may not be used to resume commands, since anybody would guess them. */
const WEAK_TOKENS = new Set(["", "pause-logging", "stop-commands", "add-mask", "debug", "error"]);

/** The log of one step: finds the workflow commands, hides the secrets, and passes on the rest. */
export class StepLog {
  readonly #emit: Emit;
  readonly #job: JobPath;
  readonly #step: number;
  readonly #masks: Masks;
  readonly #workspace: string;
  readonly #debug: boolean;
  #resumeToken: string | undefined;
  #echo = false;

  constructor(
    options: { emit: Emit; job: JobPath; step: number; masks: Masks },
    workspace: string,
    debug: boolean,
  ) {
    this.#emit = options.emit;
    this.#job = options.job;
    this.#step = options.step;
    this.#masks = options.masks;
    this.#workspace = workspace;
    this.#debug = debug;
  }

  write(kind: LogKind, text: string): void {
    for (const line of this.#masks.hide(text).split(/\r?\n/)) {
      this.#emit({ type: "log", job: this.#job, step: this.#step, kind, line });
    }
  }

  debug(text: string): void {
    if (this.#debug) this.write("debug", text);
  }

  annotate(level: AnnotationLevel, message: string, where: Omit<Where, never> = {}): void {
    const annotation = { level, ...this.#hidden(where), message: this.#masks.hide(message) };
    this.#emit({ type: "annotation", job: this.#job, step: this.#step, annotation });
  }

  error(message: string): void {
    this.annotate("error", message);
  }

  summary(markdown: string): void {
    const hidden = this.#masks.hide(markdown);
    this.#emit({ type: "summary", job: this.#job, step: this.#step, markdown: hidden });
  }

  /** A line as a step printed it. */
  line(text: string, target: CommandTarget): void {
    const command = parseWorkflowCommand(text);
    if (this.#resumeToken !== undefined) {
      if (command?.name === this.#resumeToken.toLowerCase()) this.#resumeToken = undefined;
      this.write("output", text);
      return;
    }
    if (!command || !this.#obey(command, target)) {
      this.write("output", text);
      return;
    }
    if (this.#echo && command.name !== "add-mask") this.write("command", text);
  }

  /** False when it is no command that we know: then it is text. */
  #obey(command: WorkflowCommand, target: CommandTarget): boolean {
    const { name, data, properties } = command;
    if (LEVELS.includes(name)) {
      this.annotate(name as AnnotationLevel, data, this.#whereOf(properties));
      return true;
    }
    switch (name) {
      case "debug":
        this.debug(data);
        return true;
      case "group":
        this.write("group", data);
        return true;
      case "endgroup":
        this.write("end-group", "");
        return true;
      case "add-mask":
        if (data.trim() === "")
          this.annotate(
            "warning",
            "Can't add secret mask for empty string in ##[add-mask] command.",
          );
        else this.#masks.add(data);
        return true;
      case "echo":
        this.#echo = data.trim().toLowerCase() === "on";
        return true;
      case "stop-commands":
        this.#stop(data);
        return true;
      case "set-output":
        this.#deprecated(name, "GITHUB_OUTPUT");
        this.#named(name, properties, (key) => target.setOutput(key, data));
        return true;
      case "save-state":
        this.#deprecated(name, "GITHUB_STATE");
        this.#named(name, properties, (key) => target.saveState(key, data));
        return true;
      case "set-env":
      case "add-path":
        this.error(
          `The \`${name}\` command is disabled, as on GitHub. Write to $${name === "set-env" ? "GITHUB_ENV" : "GITHUB_PATH"} instead.`,
        );
        return true;
      case "add-matcher":
      case "remove-matcher":
        this.debug(`${name}: problem matchers are not applied in a rehearsal`);
        return true;
      default:
        return false;
    }
  }

  #stop(token: string): void {
    if (WEAK_TOKENS.has(token.toLowerCase())) {
      this.error(`Invalid stop-commands token '${token}'. Use a value that nobody can guess.`);
      return;
    }
    this.#resumeToken = token;
    this.write("output", `::stop-commands::${token}`);
  }

  #deprecated(name: string, file: string): void {
    this.annotate("warning", `The \`${name}\` command is deprecated. Write to $${file} instead.`);
  }

  #named(
    command: string,
    properties: ReadonlyMap<string, string>,
    use: (name: string) => void,
  ): void {
    const name = properties.get("name");
    if (name === undefined)
      this.error(`Required field 'name' is missing in ##[${command}] command.`);
    else use(name);
  }

  #whereOf(properties: ReadonlyMap<string, string>): Where {
    const number = (name: string): number | undefined => {
      const text = properties.get(name);
      return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
    };
    const file = properties.get("file");
    const place = {
      title: properties.get("title"),
      file: file === undefined ? undefined : this.#inRepository(file),
      line: number("line"),
      endLine: number("endline"),
      column: number("col"),
      endColumn: number("endcolumn"),
    };
    return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
  }

  #inRepository(file: string): string {
    if (!isAbsolute(file)) return file;
    const path = relative(this.#workspace, file);
    return path.startsWith("..") ? file : path;
  }

  #hidden(where: Where): Where {
    if (where.title === undefined) return where;
    return { ...where, title: this.#masks.hide(where.title) };
  }
}

interface Where {
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}
