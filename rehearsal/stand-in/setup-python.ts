import { existsSync, readFileSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { JobResult } from "../run-event.ts";
import { searchPath } from "../runner/process-env.ts";
import { findProgram } from "../runner/shell.ts";
import { answerOf } from "./program.ts";
import { input, lines, type StandInCall } from "./stand-in.ts";
import { satisfies } from "./wanted-version.ts";

const ASK = "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)";

interface Python {
  readonly version: string;
  readonly path: string;
}

/** Puts a Python of this machine first, under the names by which GitHub has it: the one that was asked for, if it is here. */
export async function setupPython(call: StandInCall): Promise<JobResult> {
  const { job, log, outputs } = call;
  const wanted = input(call, "python-version") || fromFile(call);
  const here = await pythonsHere(call, wanted);
  const [any] = here;
  if (!any) {
    log.error("There is no Python on this machine's PATH, and the rehearsal installs none.");
    return "failure";
  }
  const asked = lines(wanted);
  const fitting = here.find((python) => asked.every((one) => satisfies(python.version, one)));
  const python = fitting ?? any;
  const versions = [...new Set(here.map(({ version }) => version))].join(", ");
  if (!fitting) {
    log.annotate(
      "warning",
      `Python ${asked.join(", ")} is asked for; this machine has ${versions}, and the rehearsal installs no other. ${python.version} is used.`,
    );
  }
  await putFirst(call, python);
  outputs["python-version"] = python.version;
  outputs["python-path"] = python.path;
  outputs["cache-hit"] = "false";
  log.write("runner", `Python ${python.version} from ${python.path}`);
  job.env.set("pythonLocation", dirname(dirname(python.path)));
  return "success";
}

function fromFile({ job, inputs }: StandInCall): string {
  const file = inputs.get("python-version-file")?.trim() || ".python-version";
  const path = join(job.folders.workspace, file);
  if (!existsSync(path)) return "";
  const text = readFileSync(path, "utf8");
  if (!file.endsWith(".toml")) return text.trim();
  return /^\s*requires-python\s*=\s*["']([^"']+)["']/m.exec(text)?.[1] ?? "";
}

/** The one that has the wanted version in its name comes first. */
async function pythonsHere(call: StandInCall, wanted: string): Promise<Python[]> {
  const path = searchPath(call.job, call.env);
  const minor = /\b(\d+\.\d+)/.exec(wanted)?.[1];
  const names = [...(minor === undefined ? [] : [`python${minor}`]), "python3", "python"];
  const found: Python[] = [];
  for (const name of names) {
    const program = findProgram(name, path);
    const [version, executable] = program ? await answerOf(program, ["-c", ASK], path) : [];
    if (version === undefined || executable === undefined) continue;
    if (!found.some((known) => known.path === executable))
      found.push({ version, path: executable });
  }
  return found;
}

async function putFirst({ job }: StandInCall, { path, version }: Python): Promise<void> {
  const folder = join(job.folders.temp, `_python-${version}`);
  if (!existsSync(folder)) {
    await mkdir(folder, { recursive: true });
    for (const name of ["python", "python3"]) await symlink(path, join(folder, name));
    for (const name of ["pip", "pip3"]) {
      const program = join(dirname(path), name);
      if (existsSync(program)) await symlink(program, join(folder, name));
    }
  }
  job.extraPath.unshift(folder);
}
