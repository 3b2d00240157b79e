/** One thing in an archive. Paths are relative to the archive's root, with forward slashes. */
export type Entry =
  | { kind: "file"; path: string; size: number; executable: boolean }
  | { kind: "symlink"; path: string; to: string }
  | { kind: "folder"; path: string };

/** By bytes, which no locale changes. */
export function compareEntries(a: Entry, b: Entry): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}
