import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SluiceError } from "../../lib/error.ts";

/** GitHub's limit on one step's summary. */
export const MAX_SUMMARY_BYTES = 1024 * 1024;

const KINDS = {
  GITHUB_ENV: "set_env",
  GITHUB_PATH: "add_path",
  GITHUB_OUTPUT: "set_output",
  GITHUB_STATE: "save_state",
  GITHUB_STEP_SUMMARY: "step_summary",
} as const;

type Kind = keyof typeof KINDS;

/** The files through which one process of a step talks to the runner. */
export class CommandFiles {
  readonly paths: { readonly [kind in Kind]: string };

  private constructor(folder: string) {
    const id = randomUUID();
    const path = (kind: Kind): string => join(folder, `${KINDS[kind]}_${id}`);
    this.paths = {
      GITHUB_ENV: path("GITHUB_ENV"),
      GITHUB_PATH: path("GITHUB_PATH"),
      GITHUB_OUTPUT: path("GITHUB_OUTPUT"),
      GITHUB_STATE: path("GITHUB_STATE"),
      GITHUB_STEP_SUMMARY: path("GITHUB_STEP_SUMMARY"),
    };
  }

  /** As the github context names them. */
  get context(): { readonly [name: string]: string } {
    const names = Object.entries(this.paths);
    return Object.fromEntries(
      names.map(([name, path]) => [name.slice("GITHUB_".length).toLowerCase(), path]),
    );
  }

  static async create(temp: string): Promise<CommandFiles> {
    const folder = join(temp, "_runner_file_commands");
    await mkdir(folder, { recursive: true });
    const files = new CommandFiles(folder);
    await Promise.all(Object.values(files.paths).map((path) => writeFile(path, "")));
    return files;
  }

  async read(kind: Kind): Promise<string> {
    const path = this.paths[kind];
    // Most stay empty, and Node reads an empty file into 64 KB.
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    return size === 0 ? "" : readFile(path, "utf8").catch(() => "");
  }

  async remove(): Promise<void> {
    await Promise.all(Object.values(this.paths).map((path) => rm(path, { force: true })));
  }
}

/**
 * Reads `NAME=value` and `NAME<<DELIMITER … DELIMITER`, one after the other: what stands before a line
 * that is neither counts.
 */
export function* parseNameValues(text: string): Generator<readonly [string, string]> {
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw unreadable(`Invalid format '${line}'. Name must not be empty`);
      yield [line.slice(0, equals), line.slice(equals + 1)];
      continue;
    }
    if (heredoc < 0) throw unreadable(`Invalid format '${line}'`);
    const name = line.slice(0, heredoc);
    const delimiter = line.slice(heredoc + 2);
    if (name === "" || delimiter === "") {
      throw unreadable(
        `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`,
      );
    }
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw unreadable(`Invalid value. Matching delimiter not found '${delimiter}'`);
    yield [name, lines.slice(at + 1, end).join("\n")];
    at = end;
  }
}

function unreadable(reason: string): SluiceError {
  return new SluiceError("invalid-input", reason, {
    hint: "Write NAME=value, or NAME<<DELIMITER, the lines of the value, and DELIMITER on a line of its own.",
  });
}

export function parsePaths(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== "");
}
