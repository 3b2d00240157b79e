import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { SluiceError } from "../error.ts";

/** What was there before the first change, byte for byte, by path; in the order in which it was changed. */
export type Before = Record<string, string>;

export interface Stored {
  before: Before;
  /** Paths that the hardware, or the kernel for it, would not let go of. */
  kept: readonly string[];
}

const NOTHING: Stored = { before: {}, kept: [] };

/** Below the kernel's own folders, and not out of them again. */
const path = z.string().regex(/^(?!.*(^|\/)\.\.?(\/|$))(proc\/sys|proc\/irq|sys)\/[^\0]+$/);

const schema = z.object({
  schema: z.literal(1),
  boot: z.string().default(""),
  before: z.record(path, z.string()),
  kept: z.array(path).default([]),
});

/** Kept on disk, since a machine is put back long after it was changed, by another process. */
export class BeforeFile {
  readonly #path: string;
  readonly #boot: string;

  /** `boot` is the kernel's own name of this boot: what was stored in an earlier one is no longer there to put back. */
  constructor(path: string, boot = "") {
    this.#path = path;
    this.#boot = boot;
  }

  async read(): Promise<Stored> {
    const text = await readFile(this.#path, "utf8").catch(nullWhenAbsent);
    if (text === null) return NOTHING;
    try {
      const { boot, before, kept } = schema.parse(JSON.parse(text));
      return boot === this.#boot ? { before, kept } : NOTHING;
    } catch (cause) {
      throw new SluiceError("refused", `${this.#path} cannot be read as what was there before`, {
        cause,
        hint: "nothing was changed; look at it, or move it away if the machine was booted since",
      });
    }
  }

  /** On disk when this resolves: only then may anything be changed. */
  async write({ before, kept }: Stored): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o755 });
    const temporary = `${this.#path}.new`;
    const file = await open(temporary, "w", 0o600);
    try {
      const stored = { schema: 1, boot: this.#boot, before, kept };
      await file.writeFile(`${JSON.stringify(stored, null, 1)}\n`);
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

/** A file that is there and cannot be read must not pass for one that is not there: what was before would be lost. */
function nullWhenAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw new SluiceError("refused", `what was there before cannot be read: ${error.message}`, {
    hint: "nothing was changed; run it as root",
    cause: error,
  });
}
