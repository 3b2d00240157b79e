import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CodeFinding } from "../../lib/code-scan/finding.ts";
import { findingsOf } from "../../lib/code-scan/sarif-log.ts";
import { SluiceError } from "../../lib/error.ts";

/** The findings of all named SARIF files, and of those in named folders. A name without any decides nothing. */
export async function sarifFiles(
  names: readonly string[],
  workspace: string,
): Promise<CodeFinding[]> {
  const found = await Promise.all(names.map((name) => filesAt(name, workspace)));
  const missing = names.filter((_, at) => found[at]?.length === 0);
  if (names.length === 0 || missing.length > 0) {
    const where = missing.length > 0 ? ` at ${missing.join(", ")}` : "";
    throw new SluiceError("inconclusive", `there is no SARIF file to decide on${where}`, {
      hint: "name the files, or the folders that hold them, in `sarif`",
    });
  }
  const files = found.flat();
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.flatMap((text, at) => findingsOf(text, files[at] ?? ""));
}

async function filesAt(name: string, workspace: string): Promise<string[]> {
  const path = resolve(workspace, name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  if (!found?.isDirectory()) return [];
  const inside = await readdir(path);
  return inside.filter((file) => file.endsWith(".sarif")).map((file) => join(path, file));
}
