import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { SluiceError } from "../error.ts";

/** What was there before the first change, byte for byte, by path. */
export type Before = Record<string, string>;

const schema = z.object({
  schema: z.literal(1),
  before: z.record(z.string().regex(/^(proc\/sys|sys)\/[^\0]+$/), z.string()),
});

/** Kept on disk, since a machine is put back long after it was changed, by another process. */
export class BeforeFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<Before> {
    const text = await readFile(this.#path, "utf8").catch(() => null);
    if (text === null) return {};
    try {
      return schema.parse(JSON.parse(text)).before;
    } catch (cause) {
      throw new SluiceError("refused", `${this.#path} cannot be read as what was there before`, {
        cause,
        hint: "nothing was changed; look at it, or move it away if the machine was booted since",
      });
    }
  }

  /** On disk when this resolves: only then may anything be changed. */
  async write(before: Before): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o755 });
    const temporary = `${this.#path}.new`;
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ schema: 1, before }, null, 1)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path);
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}
