import { globSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { JobResult } from "../run-event.ts";
import { flag, input, lines, type StandInCall } from "./stand-in.ts";

/** Keeps files as an artifact. Several paths lose their common beginning, as with the real action. */
export async function uploadArtifact(call: StandInCall): Promise<JobResult> {
  const { job, log } = call;
  const name = input(call, "name") || "artifact";
  const paths = lines(input(call, "path"));
  if (paths.length === 0) {
    log.error("Input required and not supplied: path");
    return "failure";
  }
  if (/[":<>|*?\r\n\\/]/.test(name)) {
    log.error(
      `The artifact name is not valid: ${name}. It must not contain " : < > | * ? \\ / or line ends.`,
    );
    return "failure";
  }
  const { root, files } = findFiles(
    job.folders.workspace,
    paths,
    flag(call, "include-hidden-files"),
  );
  if (files.length === 0) return nothingFound(call, paths);
  const stored = await job.artifacts.put(
    name,
    root,
    files.map((file) => relative(root, file)),
    flag(call, "overwrite"),
  );
  call.outputs["artifact-id"] = String(stored.id);
  call.outputs["artifact-digest"] = stored.digest;
  call.outputs["artifact-url"] = "";
  log.write(
    "runner",
    `Artifact ${name} has ${files.length} files (id ${stored.id}, sha256:${stored.digest})`,
  );
  return "success";
}

function nothingFound(call: StandInCall, lines: readonly string[]): JobResult {
  const message = `No files were found with the provided path: ${lines.join(", ")}. No artifacts will be uploaded.`;
  switch (input(call, "if-no-files-found")) {
    case "error":
      call.log.error(message);
      return "failure";
    case "ignore":
      call.log.write("runner", message);
      return "success";
    default:
      call.log.annotate("warning", message);
      return "success";
  }
}

function findFiles(
  workspace: string,
  lines: readonly string[],
  hidden: boolean,
): { root: string; files: string[] } {
  const files = new Set<string>();
  const roots: string[] = [];
  for (const line of lines) {
    const excludes = line.startsWith("!");
    const pattern = excludes ? line.slice(1) : line;
    const base = fixedPart(resolve(workspace, pattern));
    if (!excludes) roots.push(base);
    for (const file of matching(workspace, pattern, hidden, base)) {
      if (excludes) files.delete(file);
      else files.add(file);
    }
  }
  const found = [...files];
  const [only] = found;
  // A single file that was named lies at the top of its artifact.
  const named = roots.length === 1 && only !== undefined && only === roots[0];
  const root = named ? dirname(only) : commonFolder(roots, found);
  return { root, files: found };
}

function matching(workspace: string, pattern: string, hidden: boolean, base: string): string[] {
  const whole = isAbsolute(pattern) ? pattern : resolve(workspace, pattern);
  const paths = globSync([whole, `${whole.replace(/[/\\]+$/, "")}/**`]);
  return paths.filter((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
    const inside = relative(base, path).split(sep);
    return hidden || !inside.some((part) => part.startsWith(".") && part !== ".." && part !== ".");
  });
}

/** The folders of a pattern before its first wildcard. */
function fixedPart(pattern: string): string {
  const parts = pattern.split(sep);
  const wild = parts.findIndex((part) => /[*?[\]{}]/.test(part));
  return wild < 0 ? pattern.replace(/[/\\]+$/, "") : parts.slice(0, wild).join(sep);
}

function commonFolder(roots: readonly string[], files: readonly string[]): string {
  const folders = roots.map((root) => (files.includes(root) ? dirname(root) : root));
  const [first = "/"] = folders;
  let common = first;
  while (!folders.every((folder) => folder === common || folder.startsWith(`${common}${sep}`))) {
    common = dirname(common);
  }
  return common;
}
