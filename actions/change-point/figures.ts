import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Figure, Figures } from "../../lib/change-point/history.ts";
import { SluiceError } from "../../lib/error.ts";

/** The figures of each run: of a file, or of all files `figures.json` below a folder. */
export function runsIn(names: readonly string[], workspace: string): Promise<Figure[][]> {
  return Promise.all(names.map((name) => figuresAt(name, workspace)));
}

/** Throws when there are none, or two of one name. */
async function figuresAt(name: string, workspace: string): Promise<Figure[]> {
  const files = await filesAt(resolve(workspace, name));
  const figures = (await Promise.all(files.map(read))).flat();
  const twice = figures.find((one, at) => figures.findIndex((two) => two.name === one.name) < at);
  if (twice) throw invalid(`the figure ${twice.name} is twice in ${name}`);
  if (figures.length === 0) throw invalid(`there are no figures in ${name}`);
  return figures;
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  if (!found?.isDirectory()) return [];
  const inside = await readdir(path, { recursive: true });
  return inside.filter((file) => file.endsWith("figures.json")).map((file) => join(path, file));
}

async function read(file: string): Promise<Figure[]> {
  try {
    return Figures.parse(JSON.parse(await readFile(file, "utf8"))).figures;
  } catch (cause) {
    throw invalid(`${file} holds no figures`, cause);
  }
}

function invalid(message: string, cause?: unknown): SluiceError {
  return new SluiceError("invalid-input", message, {
    cause,
    hint: 'a file is {"figures": [{"name": "p95", "value": 12.5, "unit": "ms", "better": "lower"}]}',
  });
}
