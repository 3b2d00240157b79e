import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";

/** `hashFiles()`: one hash over the hashes of the files of the workspace that match; empty when none does. */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const files = new Set<string>();
  for (const line of patterns.flatMap((pattern) => pattern.split("\n"))) {
    const pattern = line.trim();
    if (pattern === "" || pattern.startsWith("#")) continue;
    const excludes = pattern.startsWith("!");
    for (const file of matching(workspace, excludes ? pattern.slice(1) : pattern)) {
      if (excludes) files.delete(file);
      else files.add(file);
    }
  }
  if (files.size === 0) return "";
  const all = createHash("sha256");
  for (const file of [...files].sort()) {
    all.update(
      createHash("sha256")
        .update(readFileSync(join(workspace, file)))
        .digest(),
    );
  }
  return all.digest("hex");
}

function matching(workspace: string, pattern: string): string[] {
  const inside = isAbsolute(pattern) ? relative(workspace, pattern) : pattern;
  const withContent = [inside, `${inside.replace(/\/+$/, "")}/**`];
  return globSync(withContent, { cwd: workspace }).filter(
    (file) => !file.startsWith("..") && statSync(join(workspace, file)).isFile(),
  );
}
