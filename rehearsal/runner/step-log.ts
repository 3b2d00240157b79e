import { readFileSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { AnnotationLevel, Emit, JobPath, LogKind } from "../run-event.ts";
import type { Masks } from "./mask.ts";
import { ownersIn, readMatchers } from "./matcher-config.ts";
import { problemFile } from "./problem-file.ts";
import { type Problem, type ProblemMatchers, ProblemScan } from "./problem-matcher.ts";
import { parseWorkflowCommand, type WorkflowCommand } from "./workflow-command.ts";

/** What a step may tell the runner on its standard output, besides text. */
export interface CommandTarget {
  /** A command that can't be obeyed lets its step fail. */
  fail(): void;
  setOutput(name: string, value: string): void;
  saveState(name: string, value: string): void;
}

const LEVELS: readonly AnnotationLevel[] = ["error", "warning", "notice"];

const COMMANDS = [
  ...LEVELS,
  ...[
    "debug",
    "group",
    "endgroup",
    "add-mask",
    "echo",
    "stop-commands",
    "set-output",
    "save-state",
  ],
  ...["set-env", "add-path", "add-matcher", "remove-matcher"],
];

const WEAK_TOKEN =
  "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command.";

/** What the workspace is called in a container. */
const INSIDE = /^\/(github\/workspace|__w)\//;

/** Words that may not be used to resume commands, since anybody would guess them. */
function isWeak(token: string): boolean {
  return token === "" || [...COMMANDS, "pause-logging"].includes(token.toLowerCase());
}

/** The log of one step: finds the workflow commands, hides the secrets, and passes on the rest. */
export class StepLog {
  readonly #emit: Emit;
  readonly #job: JobPath;
  readonly #step: number;
  readonly #masks: Masks;
  readonly #workspace: string;
  readonly #repository: string;
  readonly #debug: boolean;
  readonly #matchers: ProblemMatchers;
  readonly #scan: ProblemScan;
  #resumeToken: string | undefined;
  #echo = false;

  constructor(options: {
    emit: Emit;
    job: JobPath;
    step: number;
    masks: Masks;
    matchers: ProblemMatchers;
    workspace: string;
    repository: string;
    debug: boolean;
  }) {
    this.#emit = options.emit;
    this.#job = options.job;
    this.#step = options.step;
    this.#masks = options.masks;
    this.#workspace = options.workspace;
    this.#repository = options.repository;
    this.#debug = options.debug;
    this.#matchers = options.matchers;
    this.#scan = new ProblemScan(options.matchers, (owner) => {
      const reason = "its expression took more than a second for one line";
      this.annotate(
        "warning",
        `Removing issue matcher '${owner}'. Matcher failed 3 times: ${reason}.`,
      );
    });
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
      this.#output(text);
      return;
    }
    if (!command || !this.#obey(command, target, text)) {
      this.#output(text);
      return;
    }
    if (this.#echo && command.name !== "add-mask") this.write("command", text);
  }

  /** What is no command may tell of a problem. */
  #output(text: string): void {
    this.write("output", text);
    if (this.#matchers.current.length === 0) return;
    for (const problem of this.#scan.see(stripVTControlCharacters(text))) {
      if (this.#tell(problem)) return;
    }
  }

  /** False when it is no problem after all. */
  #tell(problem: Problem): boolean {
    const level = LEVELS.find((known) => known === (problem.severity || "error").toLowerCase());
    const message = problem.message ?? "";
    if (level === undefined || message.trim() === "") return false;
    const file = problemFile(problem.file ?? "", problem.fromPath ?? "", {
      workspace: this.#workspace,
      repository: this.#repository,
    });
    const where = placeOf({
      file,
      line: wholeNumber(problem.line),
      column: wholeNumber(problem.column),
    });
    this.annotate(level, message, where);
    return true;
  }

  #refuse(text: string, reason: string, target: CommandTarget): true {
    this.error(`Unable to process command '${text.trim()}' successfully.`);
    this.error(reason);
    target.fail();
    return true;
  }

  /** False when it is no command that we know: then it is text. */
  #obey(command: WorkflowCommand, target: CommandTarget, text: string): boolean {
    const { name, data, properties } = command;
    const level = LEVELS.find((known) => known === name);
    if (level !== undefined) {
      this.annotate(level, data, this.#whereOf(properties));
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
        if (!/^\s*(on|off)\s*$/i.test(data)) {
          const accepted = "Invalid echo command value. Possible values can be: 'on', 'off'.";
          return this.#refuse(text, `${accepted} Current value is: '${data}'.`, target);
        }
        this.#echo = data.trim().toLowerCase() === "on";
        return true;
      case "stop-commands":
        if (isWeak(data)) return this.#refuse(text, WEAK_TOKEN, target);
        this.#stop(data);
        return true;
      case "set-output":
      case "save-state": {
        this.#deprecated(name, name === "set-output" ? "GITHUB_OUTPUT" : "GITHUB_STATE");
        const key = properties.get("name");
        if (key === undefined)
          return this.#refuse(
            text,
            `Required field 'name' is missing in ##[${name}] command.`,
            target,
          );
        if (name === "set-output") target.setOutput(key, data);
        else target.saveState(key, data);
        return true;
      }
      case "set-env":
      case "add-path": {
        const file = name === "set-env" ? "GITHUB_ENV" : "GITHUB_PATH";
        const reason = `The \`${name}\` command is disabled, as on GitHub. Write to $${file} instead.`;
        return this.#refuse(text, reason, target);
      }
      case "add-matcher":
      case "remove-matcher": {
        const wrong =
          name === "add-matcher" ? this.#addMatchers(data) : this.#removeMatchers(command);
        return wrong === undefined || this.#refuse(text, wrong, target);
      }
      default:
        return false;
    }
  }

  /** Why they can't be added, or undefined. */
  #addMatchers(file: string): string | undefined {
    if (file === "") {
      this.annotate("warning", "File path must be specified.");
      return undefined;
    }
    return whyNot(() => {
      const added = readMatchers(readFileSync(resolve(this.#workspace, file), "utf8"));
      this.#matchers.add(added);
      const owners = added.map(({ owner }) => `'${owner}'`).join(", ");
      this.debug(`Added matchers: ${owners}. They scan the output for problems.`);
    });
  }

  #removeMatchers({ data: file, properties }: WorkflowCommand): string | undefined {
    const owner = properties.get("owner") ?? "";
    if ((file === "") === (owner === "")) {
      const given = file === "" ? "neither is given" : "both are given";
      this.annotate("warning", `remove-matcher takes an owner or a file path; ${given}.`);
      return undefined;
    }
    return whyNot(() => {
      const path = resolve(this.#workspace, file);
      this.#matchers.remove(owner === "" ? ownersIn(readFileSync(path, "utf8")) : [owner]);
    });
  }

  #stop(token: string): void {
    this.#resumeToken = token;
    if (token.length > 6) this.#masks.add(token);
    this.write("output", `::stop-commands::${token}`);
  }

  #deprecated(name: string, file: string): void {
    this.annotate("warning", `The \`${name}\` command is deprecated. Write to $${file} instead.`);
  }

  #whereOf(properties: ReadonlyMap<string, string>): Where {
    const number = (name: string): number | undefined => wholeNumber(properties.get(name));
    const file = properties.get("file");
    return placeOf({
      title: properties.get("title"),
      file: file === undefined ? undefined : this.#inRepository(file),
      line: number("line"),
      endLine: number("endline"),
      column: number("col"),
      endColumn: number("endcolumn"),
    });
  }

  #inRepository(file: string): string {
    if (!isAbsolute(file)) return file;
    const path = relative(this.#workspace, file.replace(INSIDE, `${this.#workspace}/`));
    return path.startsWith("..") ? file : path;
  }

  #hidden(where: Where): Where {
    if (where.title === undefined) return where;
    return { ...where, title: this.#masks.hide(where.title) };
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Only what is known of a place. */
function placeOf(place: { readonly [name in keyof Where]: Where[name] | undefined }): Where {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}

function whyNot(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
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
