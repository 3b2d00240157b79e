import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { unpack } from "../../lib/archive/unpack.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Finding } from "../../lib/scan/finding.ts";
import type { Subject } from "../../lib/scan/trivy/settings.ts";
import type { Digest } from "../../lib/units/digest.ts";
import type { ScanInputs } from "./action.ts";

/** What is scanned, and where its files are in the repository. */
export interface Scanned {
  subject: Subject;
  name: string;
  /** The folder below which a finding's path begins, as the repository sees it; undefined: it is not in there. */
  home: string | undefined;
  /** Absolute, where the files can be read. */
  root: string | undefined;
  /** Of the bytes, where they were checked before they were scanned. */
  digest: Digest | undefined;
}

/** Looks before anything is started whether it is there. `workFolder` is for what has to be unpacked. */
export async function subjectOf(
  inputs: ScanInputs,
  workspace: string,
  workFolder: string,
): Promise<Scanned> {
  const type = inputs["scan-type"];
  const place = inputs["scan-ref"];
  if (inputs["image-ref"] !== undefined) {
    const reference = inputs["image-ref"];
    return elsewhere(
      { kind: "image", reference },
      inputs["subject-name"] ?? nameOfImage(reference),
    );
  }
  if (inputs.input !== undefined) {
    await mustBeFile("input", inputs.input);
    const path = inputs.input;
    return elsewhere({ kind: "image-file", path }, inputs["subject-name"] ?? basename(path));
  }
  if (place.kind === "url") {
    return elsewhere({ kind: "repository", url: place.url }, inputs["subject-name"] ?? place.url);
  }
  const { path } = place;
  if (type === "archive") return unpacked(inputs, path, workFolder);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw missing("scan-ref", path);
  if (type === "sbom") {
    await mustBeFile("scan-ref", path);
    return elsewhere({ kind: "sbom", path }, inputs["subject-name"] ?? basename(path));
  }
  const root = found.isFile() ? dirname(path) : path;
  const as = type === "repo" || type === "rootfs" ? type : "fs";
  const home = relative(workspace, root).split(sep).join("/");
  const name =
    inputs["subject-name"] ?? (relative(workspace, path).split(sep).join("/") || basename(path));
  return { subject: { kind: "folder", as, path }, name, home, root, digest: undefined };
}

/** Where a finding is in the repository. */
export function fileOf({ home }: Scanned, finding: Finding): string | undefined {
  if (home === undefined) return undefined;
  return home === "" ? finding.path : `${home}/${finding.path}`;
}

/** The names by which VEX statements may call what is scanned. */
export function namesOf({ name, subject }: Scanned): string[] {
  if (subject.kind !== "image") return [name, `pkg:generic/${name}`];
  const { reference } = subject;
  const repository = nameOfImage(reference);
  const digest = reference.includes("@") ? `@${reference.split("@")[1]}` : "";
  const purl = `pkg:oci/${repository.split("/").at(-1)}${digest}?repository_url=${repository}`;
  return [name, reference, purl];
}

function elsewhere(subject: Subject, name: string): Scanned {
  return { subject, name, home: undefined, root: undefined, digest: undefined };
}

async function unpacked(inputs: ScanInputs, path: string, workFolder: string): Promise<Scanned> {
  const digest = inputs["subject-digest"];
  if (digest === undefined) throw new TypeError("an archive without a digest");
  const archive = await archiveAt(path);
  const root = join(workFolder, "archive");
  await unpack(archive, digest, root);
  const name = inputs["subject-name"] ?? basename(archive);
  return { subject: { kind: "folder", as: "fs", path: root }, name, home: undefined, root, digest };
}

/** The file itself, or the one archive in the folder that an artifact was downloaded into. */
async function archiveAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw missing("scan-ref", path);
  if (found.isFile()) return path;
  const names = (await readdir(path)).filter((name) => /\.(tar\.gz|tgz)$/.test(name));
  const [only] = names;
  if (only !== undefined && names.length === 1) return join(path, only);
  const there = names.length === 0 ? "none" : names.join(", ");
  throw new SluiceError(
    "invalid-input",
    `scan-ref: ${path} does not hold one archive, but ${there}`,
    {
      hint: "give the archive itself: the build action's output `archive`",
    },
  );
}

async function mustBeFile(input: string, path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw missing(input, path);
  if (found.isFile()) return;
  throw new SluiceError("invalid-input", `${input}: ${path} is no file`, {
    hint: "give the path of a file",
  });
}

function missing(input: string, path: string): SluiceError {
  return new SluiceError("invalid-input", `${input}: there is no ${path}`, {
    hint: "check the path out, build or download it before this step; nothing was scanned",
  });
}

/** Without tag and digest. */
function nameOfImage(reference: string): string {
  return reference.replace(/@sha256:.*$/, "").replace(/:[^/:]*$/, "");
}
