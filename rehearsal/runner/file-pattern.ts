import { homedir } from "node:os";

/**
 * A pattern as hashFiles() takes it: `*`, `?`, `[…]`, `**`, a backslash before what is meant literally, and `!` in front for
 * what is left out. A folder stands for all that is in it. Braces mean themselves.
 */
export class FilePattern {
  readonly excludes: boolean;
  /** The folder, or file, below which it can match: what stands before the first wildcard. */
  readonly start: string;
  readonly #regexp: RegExp;

  /** Throws where GitHub does: for `.` and `..` within a path. */
  constructor(text: string, workspace: string) {
    const bangs = /^(?:!\s*)*/.exec(text)?.[0] ?? "";
    this.excludes = bangs.replaceAll(/\s/g, "").length % 2 === 1;
    const segments = inside(text.slice(bangs.length), workspace).split("/").filter(Boolean);
    if (segments.some((segment) => segment === "." || segment === "..")) {
      throw new Error(`Invalid pattern '${text}'. Relative pathing '.' and '..' is not allowed.`);
    }
    const wild = segments.findIndex((segment) => /[*?[\\]/.test(segment));
    this.start = (wild < 0 ? segments : segments.slice(0, wild)).join("/");
    this.#regexp = compiled(source(segments));
  }

  matches(file: string): boolean {
    return this.#regexp.test(file);
  }
}

/** A set that is none, like `[z-a]`, matches nothing. */
function compiled(body: string): RegExp {
  try {
    return new RegExp(`^${body}(?:/.*)?$`, "su");
  } catch {
    return /(?!)/;
  }
}

/** The pattern from the workspace on: a leading slash is the workspace's root, as GitHub documents it. */
function inside(pattern: string, workspace: string): string {
  const path = /^~(?=\/|$)/.test(pattern) ? `${homedir()}${pattern.slice(1)}` : pattern;
  if (path === workspace || path.startsWith(`${workspace}/`)) return path.slice(workspace.length);
  return path.replace(/^\.(?=\/|$)/, "");
}

/** What is below a match matches too, so that the last `**` needs nothing of its own but that there is something. */
function source(segments: readonly string[]): string {
  const last = segments.length - 1;
  const parts = segments.map((segment, at) => {
    if (segment === "**") return at === last ? "[^/]+" : "(?:[^/]+/)*";
    return `${segmentSource(segment)}${at === last ? "" : "/"}`;
  });
  return parts.length === 0 ? "[^/]+" : parts.join("");
}

function segmentSource(segment: string): string {
  let result = "";
  for (let at = 0; at < segment.length; at++) {
    const char = segment[at] ?? "";
    const set = char === "[" ? /^\[([!^]?)((?:\\.|[^\]\\])+)\]/.exec(segment.slice(at)) : null;
    if (set) {
      result += `[${set[1] === "" ? "" : "^/"}${(set[2] ?? "").replace(/[[\]^&~]/g, "\\$&")}]`;
      at += set[0].length - 1;
    } else if (char === "*") result += "[^/]*";
    else if (char === "?") result += "[^/]";
    else if (char === "\\" && at + 1 < segment.length) result += literal(segment[++at] ?? "");
    else result += literal(char);
  }
  return result;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => (char === "-" ? "\\x2d" : `\\${char}`));
}
