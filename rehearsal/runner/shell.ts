import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { SluiceError } from "../../lib/error.ts";

/** How a script becomes a process. */
export interface Shell {
  readonly command: string;
  readonly args: readonly string[];
  readonly extension: string;
  /** The script as it is written to its file. */
  readonly script: string;
}

const KNOWN: { readonly [name: string]: { line: string; extension: string } } = {
  bash: { line: "bash --noprofile --norc -e -o pipefail {0}", extension: ".sh" },
  sh: { line: "sh -e {0}", extension: ".sh" },
  python: { line: "python {0}", extension: ".py" },
  pwsh: { line: "pwsh -command \". '{0}'\"", extension: ".ps1" },
};

/** The full path of a program on a PATH, or undefined. */
export function findProgram(name: string, path: string): string | undefined {
  if (name.includes("/")) return name;
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder || ".", name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

/** In a container nobody knows where its programs are: there a script without `shell:` is sh's. */
export function shellInside(name: string | undefined, script: string): Shell {
  const wanted = name || "sh";
  const line = KNOWN[wanted]?.line ?? wanted;
  if (!line.includes("{0}")) throw unknownShell(wanted);
  const [command = "sh", ...args] = words(line);
  const extension = KNOWN[wanted]?.extension ?? "";
  return { command, args, extension, script: adapted(wanted, script) };
}

function unknownShell(name: string): SluiceError {
  return new SluiceError(
    "invalid-workflow",
    `Invalid shell option '${name}'. Shell must be a valid built-in (bash, sh, python, pwsh) or a format string containing '{0}'`,
  );
}

/** Without `shell:` GitHub uses `bash -e`, or `sh -e` where there is no bash. */
export function shellFor(name: string | undefined, script: string, path: string): Shell {
  if (name === undefined || name === "") {
    const command = findProgram("bash", path) ?? "sh";
    return { command, args: ["-e", "{0}"], extension: ".sh", script };
  }
  const known = KNOWN[name];
  const line = known?.line ?? name;
  if (!line.includes("{0}")) throw unknownShell(name);
  const [program = "sh", ...args] = words(line);
  return {
    command: locate(program, path),
    args,
    extension: known?.extension ?? "",
    script: adapted(name, script),
  };
}

function locate(program: string, path: string): string {
  const found = findProgram(program, path);
  if (found) return found;
  // Debian and macOS have no `python`; GitHub's images do.
  const other = program === "python" ? findProgram("python3", path) : undefined;
  if (other) return other;
  throw new SluiceError("unsupported", `The shell '${program}' is not on this machine's PATH`, {
    hint: `Install ${program}, or use another shell for this step.`,
  });
}

/** PowerShell does not stop at errors by itself. */
function adapted(name: string, script: string): string {
  if (name !== "pwsh") return script;
  return [
    "$ErrorActionPreference = 'stop'",
    script,
    "if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }",
  ].join("\n");
}

/** Splits a command line at spaces outside double quotes. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|[^\s"]+/g)].map((match) => match[1] ?? match[0]);
}
