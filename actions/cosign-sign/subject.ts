import { glob, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { pathKind, workspaceFolder } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Candidate } from "../../lib/evidence/candidate.ts";
import { digestOfFile, mustHaveDigest } from "../../lib/evidence/digest.ts";
import { type ImageReference, imageReference } from "../../lib/signing/reference.ts";
import type { Digest } from "../../lib/units/digest.ts";
import type { SignInputs } from "./action.ts";

/** One thing to be signed; its digest is that of the bytes that are there now. */
export type Subject =
  | { kind: "file"; name: string; path: string; digest: Digest }
  | { kind: "image"; name: string; image: ImageReference; digest: Digest };

/** More is a mistake in a glob. */
const MAX_SUBJECTS = 100;

/** What the inputs name, in the order in which they name it. */
export async function subjectsOf(inputs: SignInputs, env: NodeJS.ProcessEnv): Promise<Subject[]> {
  const { "subject-path": paths, "subject-name": names, "subject-digest": digest } = inputs;
  if (names !== undefined) return names.map((name) => imageSubject(name, digest));
  if (paths === undefined) return Promise.all(candidateSubjects(inputs.candidate, env));
  const files = await filesOf(paths, workspaceFolder(env));
  if (digest !== undefined && files.length > 1) {
    const message = `subject-digest: one digest is given, and ${files.length} files`;
    throw new SluiceError("invalid-input", message, { hint: "name the one file that it is of" });
  }
  return Promise.all(files.map((name) => fileSubject(name, env, digest)));
}

function candidateSubjects(
  candidate: Candidate | undefined,
  env: NodeJS.ProcessEnv,
): Array<Promise<Subject>> {
  return (candidate?.artifacts ?? []).map(async ({ kind, uri, digest }) =>
    kind === "image" ? imageSubject(uri, digest) : fileSubject(uri, env, digest),
  );
}

function imageSubject(name: string, digest: Digest | undefined): Subject {
  const image = imageReference(name, digest);
  return { kind: "image", name: image.name, image, digest: image.digest };
}

async function fileSubject(
  name: string,
  env: NodeJS.ProcessEnv,
  digest: Digest | undefined,
): Promise<Subject> {
  const path = insideWorkspace(name, env);
  if (digest !== undefined) await mustHaveDigest(path, digest);
  return { kind: "file", name, path, digest: await digestOfFile(path) };
}

/** The file's real place; a symlink must not lead a signature out of the workspace. */
export function insideWorkspace(path: string, env: NodeJS.ProcessEnv): string {
  const read = pathKind.parse(join(workspaceFolder(env), path));
  if ("value" in read) return read.value;
  throw new SluiceError("invalid-input", `${path}: ${read.problem ?? "no path"}`);
}

async function filesOf(patterns: readonly string[], workspace: string): Promise<string[]> {
  const excluded = patterns.filter((one) => one.startsWith("!")).map((one) => one.slice(1));
  const included = patterns.filter((one) => !one.startsWith("!"));
  // What a signature is written to is none of what is signed, or a second call would sign the first one's.
  const exclude = ["**/*.sigstore.json", ...excluded.map((one) => within(workspace, one))];
  const found = new Set<string>();
  for (const pattern of included) {
    const before = found.size;
    for await (const path of glob(within(workspace, pattern), { cwd: workspace, exclude })) {
      if ((await stat(resolve(workspace, path))).isFile()) found.add(path.split(sep).join("/"));
      if (found.size > MAX_SUBJECTS) throw tooMany();
    }
    if (found.size === before) throw nothingAt(pattern);
  }
  return [...found].sort();
}

function within(workspace: string, pattern: string): string {
  return isAbsolute(pattern) ? relative(workspace, pattern) : pattern;
}

function nothingAt(pattern: string): SluiceError {
  return new SluiceError("invalid-input", `subject-path: no file more is at ${pattern}`, {
    hint: "write it relative to the workspace, and see that an earlier step makes it; of a folder, write folder/*",
  });
}

function tooMany(): SluiceError {
  return new SluiceError("invalid-input", `subject-path: more than ${MAX_SUBJECTS} files`, {
    hint: "pack them into one archive, or name the ones that are released",
  });
}
