import { constants, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Contents } from "./contents.ts";

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

  /** What the files hold that these paths mean; one `*` stands for a number in a name. */
  async contents(patterns: readonly string[]): Promise<Contents> {
    const paths = (await Promise.all(patterns.map((one) => this.#matches(one)))).flat();
    const read = async (path: string) => [path, await this.read(path)] as const;
    const found = await Promise.all(paths.map(read));
    return new Map(found.flatMap(([path, raw]) => (raw === null ? [] : [[path, raw] as const])));
  }

  /** Names of the files and folders in one folder; none where there is no such folder. */
  async list(path: string): Promise<string[]> {
    return readdir(join(this.#root, path)).catch(() => []);
  }

  async #matches(pattern: string): Promise<string[]> {
    const parts = pattern.split("/");
    const at = parts.findIndex((part) => part.includes("*"));
    if (at < 0) return [pattern];
    const [before = "", after = ""] = (parts[at] ?? "").split("*");
    return (await this.list(parts.slice(0, at).join("/")))
      .filter((name) => name.startsWith(before) && name.endsWith(after))
      .filter((name) => /^\d+$/.test(name.slice(before.length, name.length - after.length)))
      .map((name) => [...parts.slice(0, at), name, ...parts.slice(at + 1)].join("/"));
  }
}
