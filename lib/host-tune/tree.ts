import { constants, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reading } from "./plan.ts";
import type { Setting } from "./profile.ts";

/** The files by which a kernel shows and takes its settings; `root` is `/`, or a folder that stands for it. */
export class Tree {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Null when there is no such file, or this kernel does not let it be read. */
  async read(path: string): Promise<string | null> {
    return readFile(join(this.#root, path), "utf8").catch(() => null);
  }

  /** The kernel takes a value or refuses it; then the error says how. */
  async write(path: string, raw: string): Promise<void> {
    // Never makes a file: a key that this kernel lacks stays lacking.
    const file = await open(join(this.#root, path), constants.O_WRONLY | constants.O_TRUNC);
    try {
      await file.writeFile(raw);
    } finally {
      await file.close();
    }
  }

  async readAll(settings: readonly Setting[]): Promise<Reading[]> {
    const readings = settings.map(async (setting) => {
      const paths = await this.#matches(setting.path);
      const found = paths.map(async (path) => ({ setting, path, raw: await this.read(path) }));
      return found.length > 0 ? Promise.all(found) : [{ setting, path: setting.path, raw: null }];
    });
    return (await Promise.all(readings)).flat();
  }

  /** Paths that a pattern with one `*` means; the path itself when it has none. */
  async #matches(pattern: string): Promise<string[]> {
    const parts = pattern.split("/");
    const at = parts.findIndex((part) => part.includes("*"));
    if (at < 0) return [pattern];
    const folder = parts.slice(0, at).join("/");
    const [before = "", after = ""] = (parts[at] ?? "").split("*");
    const names = await readdir(join(this.#root, folder)).catch(() => []);
    const candidates = names
      .filter((name) => name.startsWith(before) && name.endsWith(after))
      .filter((name) => /^\d+$/.test(name.slice(before.length, name.length - after.length)))
      .map((name) => [...parts.slice(0, at), name, ...parts.slice(at + 1)].join("/"));
    const there = await Promise.all(
      candidates.map(async (path) => (await this.read(path)) !== null),
    );
    return candidates.filter((_, index) => there[index]).sort(byNumber);
  }
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
